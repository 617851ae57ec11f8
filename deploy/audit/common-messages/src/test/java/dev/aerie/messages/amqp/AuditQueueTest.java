package dev.aerie.messages.amqp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.ConnectionFactory;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.TestBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What AUDIT says of queues that nobody reads. Fails at d493c5a.
final class AuditQueueTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /// Today: BrokerKindTest, RabbitMqIT. A broker refuses to declare a queue once more with other arguments, so that
    /// one which it takes without any has no bound.
    @Test
    void m16_queueThatWaitsForItsReader_isDeclaredWithABound() throws Exception {
        try (var broker = TestBroker.privateNode();
                var connection = broker.connect("audit")) {
            var batches = new DurableBatchSubscriber.Batches(50, Duration.ofMillis(20));
            try (var subscriber =
                    new DurableBatchSubscriber(connection, "audit.waits", List.of("audit"), batches, _ -> {})) {
                subscriber.start();
                Eventually.holds("subscribed", LIMIT, subscriber::isSubscribed);
            }
            var factory = new ConnectionFactory();
            factory.setUri(broker.url().replaceAll("/$", ""));
            try (var plain = factory.newConnection("audit");
                    var channel = plain.createChannel()) {
                assertThatThrownBy(() -> channel.queueDeclare("audit.waits", true, false, false, Map.of()))
                        .isInstanceOf(IOException.class);
            }
        }
    }
}
