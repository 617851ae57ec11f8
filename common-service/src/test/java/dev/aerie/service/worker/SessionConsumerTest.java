package dev.aerie.service.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SessionConsumerTest {

    @Test
    void patience_sessionOfWhichNoFrameCame_isShort() {
        assertThat(SessionConsumer.patience(SessionConsumer.GONE_AFTER, true)).isEqualTo(SessionConsumer.GONE_AFTER);
        assertThat(SessionConsumer.patience(SessionConsumer.GONE_AFTER, false)).isEqualTo(Duration.ofSeconds(5));
        assertThat(SessionConsumer.patience(Duration.ofSeconds(1), false)).isEqualTo(Duration.ofSeconds(1));
    }
}
