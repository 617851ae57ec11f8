package dev.aerie.messages.amqp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.TestBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DurableBatchSubscriberIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MESSAGES = 2_000;

    @Test
    void accept_handlerFailsThenReaderGoesAndComesBack_everyMessageIsTaken() throws InterruptedException {
        var broker = TestBroker.shared();
        var taken = new ArrayList<String>();
        var full = new AtomicBoolean(true);
        BatchHandler handler = bodies -> take(bodies, taken, full);
        try (var connection = broker.connect("batches");
                var publisher = new ConfirmedPublisher(connection, MESSAGES, 500)) {
            publisher.start();
            try (var first = subscriber(connection, handler)) {
                Eventually.holds("subscribed", LIMIT, first::isSubscribed);
                IntStream.range(0, MESSAGES)
                        .forEach(number -> publisher.offer(
                                "batches", Integer.toString(number).getBytes(UTF_8)));
                Eventually.holds("the disk is full", LIMIT, () -> first.failed() > 0);
                assertThat(first.lastFailure()).isEqualTo("no room");
                full.set(false);
                Eventually.holds("room again", LIMIT, () -> first.handled() > 0);
            }
            assertThat(publisher.awaitConfirmed(LIMIT)).isTrue();
            try (var _ = subscriber(connection, handler)) {
                Eventually.holds("all are there", LIMIT, () -> distinct(taken) == MESSAGES);
            }
        }
    }

    private static DurableBatchSubscriber subscriber(BrokerConnection connection, BatchHandler handler) {
        var batches = new DurableBatchSubscriber.Batches(50, Duration.ofMillis(20));
        var subscriber = new DurableBatchSubscriber(connection, "test.batches", List.of("batches"), batches, handler);
        subscriber.start();
        return subscriber;
    }

    private static void take(List<byte[]> bodies, List<String> taken, AtomicBoolean full) throws IOException {
        assertThat(bodies).hasSizeBetween(1, 50);
        if (full.get()) {
            throw new IOException("no room");
        }
        synchronized (taken) {
            bodies.forEach(body -> taken.add(new String(body, UTF_8)));
        }
    }

    private static long distinct(List<String> taken) {
        synchronized (taken) {
            return taken.stream().distinct().count();
        }
    }
}
