package dev.aerie.messages.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BrokerKindTest {

    private static final long MAX_BYTES = 64 << 20;

    /// A queue whose reader never comes again fills neither the broker's memory nor its disk.
    @Test
    void queuesThatWaitForAReader_forgetTheirOldestMessagesBeyondSoManyBytes() {
        assertThat(BrokerKind.RABBITMQ.patientQueue(MAX_BYTES))
                .containsEntry("x-max-length-bytes", MAX_BYTES)
                .containsEntry("x-overflow", "drop-head");
        assertThat(BrokerKind.QPID.patientQueue(MAX_BYTES))
                .containsEntry("qpid.max_size", MAX_BYTES)
                .containsEntry("qpid.policy_type", "ring");
    }

    @Test
    void liveAndShownQueues_areBoundedByNumberToo() {
        assertThat(BrokerKind.RABBITMQ.liveQueue(8, Duration.ofSeconds(1))).containsEntry("x-max-length", 8);
        assertThat(BrokerKind.QPID.liveQueue(8, Duration.ofSeconds(1))).containsEntry("qpid.max_count", 8);
        assertThat(BrokerKind.RABBITMQ.shownQueue(8, MAX_BYTES, Duration.ofSeconds(1)))
                .containsEntry("x-max-length", 8)
                .containsEntry("x-max-length-bytes", MAX_BYTES)
                .containsEntry("x-expires", 1000L);
    }
}
