package dev.aerie.messages.amqp;

import dev.aerie.messages.amqp.BrokerLease.State;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.TestBroker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(TestBroker.SHARED)
final class BrokerLeaseIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String QUEUE = "ptz-service.camera.lease-it";

    private final TestBroker broker = TestBroker.shared();

    @Test
    void state_twoWhoAsk_oneHoldsAndTheOtherFollowsOnceItIsGone() throws InterruptedException {
        try (var secondConnection = broker.connect("second");
                var second = new BrokerLease(secondConnection, QUEUE)) {
            try (var firstConnection = broker.connect("first");
                    var first = new BrokerLease(firstConnection, QUEUE)) {
                first.start();
                Eventually.holds("held", LIMIT, () -> first.state() == State.HELD);
                second.start();
                Eventually.holds("taken", LIMIT, () -> second.state() == State.TAKEN);
            }
            Eventually.holds("held by the second", LIMIT, () -> second.state() == State.HELD);
        }
    }
}
