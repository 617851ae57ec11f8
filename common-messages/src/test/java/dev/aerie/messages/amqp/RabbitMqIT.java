package dev.aerie.messages.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.GetResponse;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.Message;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.PlainClient;
import dev.aerie.messages.testing.TestBroker;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/// What RabbitMQ's management page shows of the fleet, asked for by a client that knows nothing of it.
@ResourceLock(TestBroker.SHARED)
final class RabbitMqIT extends BrokerContract {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TestBroker broker = TestBroker.shared();

    @Override
    protected String brokerUrl() {
        return broker.url();
    }

    @Test
    void properties_ofEveryKindOfMessage_sayWhatItIsAndWhoMadeIt() throws Exception {
        try (var plain = new PlainClient(broker.url());
                var connection = broker.connect("properties");
                var publisher = new LivePublisher(connection, 100)) {
            publisher.start();
            for (Message message : ExampleMessages.all()) {
                String exchange = MessageType.of(message.getClass()).exchange();
                String queue = "properties." + message.schema();
                plain.bind(queue, exchange);
                publisher.publish(message);
                publisher.publish(exchange, Messages.write(message));
                Eventually.holds("arrived", LIMIT, () -> plain.waiting(queue) == 2);
                assertThat(plain.takeAll(queue)).allSatisfy(arrived -> assertSays(arrived, message));
            }
        }
    }

    private static void assertSays(GetResponse arrived, Message message) {
        var properties = arrived.getProps();
        var envelope = message.envelope();
        var producer = envelope.producer();
        assertThat(properties.getContentType()).isEqualTo("application/json");
        assertThat(properties.getType()).isEqualTo(message.schema());
        assertThat(properties.getAppId()).isEqualTo(producer.service() + "/" + producer.instance());
        assertThat(properties.getTimestamp().toInstant())
                .isEqualTo(envelope.madeAt().truncatedTo(ChronoUnit.SECONDS));
        assertThat(properties.getMessageId())
                .isEqualTo(
                        envelope.frameNumber() == null
                                ? null
                                : envelope.stream() + "/" + envelope.session() + "/" + envelope.frameNumber());
    }

    @Test
    void liveQueue_named_bearsItsNameAndGetsItBackAfterALoss() throws Exception {
        String queue = "frame-processor.laptop.events";
        try (var plain = new PlainClient(broker.url());
                var connection = broker.connect("named");
                var subscriber = new LiveSubscriber(
                        connection,
                        queue,
                        List.of(Exchanges.STREAM_EVENTS),
                        LiveSubscriber.Bounds.DEFAULT,
                        (_, _) -> {})) {
            subscriber.start();
            Eventually.holds("there", LIMIT, () -> plain.isLocked(queue));
            connection.openChannel().getConnection().abort(); // as a lost connection
            Eventually.holds("there again", LIMIT, () -> subscriber.isSubscribed() && plain.isLocked(queue));
        }
    }

    @Test
    void confirmedMessage_thatNoQueueTakes_isCounted() throws Exception {
        try (var connection = broker.connect("unheard");
                var publisher = new ConfirmedPublisher(connection, 10, 5)) {
            publisher.start();
            publisher.put("nobody_listens", new byte[] {1});
            assertThat(publisher.awaitConfirmed(LIMIT)).isTrue();
            assertThat(publisher.unheard()).isEqualTo(1);
        }
    }
}
