package dev.aerie.messages.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.FrameId;
import org.junit.jupiter.api.Test;

/// What AUDIT says of the bus and of its messages. Each fails at d493c5a.
final class AuditBusTest {

    private static final int MESSAGES = 4_000;
    private static final int MESSAGE_BYTES = 64 << 10;
    private static final long BUDGET_BYTES = 64L << 20;
    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";

    /// Today: PublisherBytesTest.
    @Test
    void m8_messagesForABrokerThatIsAway_areBoundedInBytes() {
        var nowhere = new BrokerConnection(BrokerAddress.parse("amqp://127.0.0.1:1"), "test");
        try (var publisher = new LivePublisher(nowhere, 10_000)) {
            byte[] body = new byte[MESSAGE_BYTES]; // the same each time: what counts is what would wait
            for (int i = 0; i < MESSAGES; i++) {
                publisher.publish("imu", body);
            }
            assertThat((long) publisher.buffered() * MESSAGE_BYTES).isLessThanOrEqualTo(BUDGET_BYTES);
        }
    }

    /// Today: TornMessagesTest, FilesTest.
    @Test
    void m13_sessionThatLeadsOutOfAFolder_isRefused() {
        assertThatThrownBy(() -> new FrameId("drone", "../../../etc", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /// Today: MessagesTest.
    @Test
    void l4_frameNumberWhoseSuccessorOverflows_isRefused() {
        assertThatThrownBy(() -> new FrameId("drone", SESSION, Long.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
