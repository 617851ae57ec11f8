package dev.aerie.storage.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.FrameId;
import dev.aerie.messages.testing.TornMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is said and is no message never ends the archive's reading.
final class TornArchivedMessageTest {

    private static final int COUNT = 3_000;

    @Test
    @Timeout(60)
    void parse_tornMessages_areKeptOrRefusedInWords() {
        int taken = TornMessages.giveTo(
                (_, body) -> {
                    var message = ArchivedMessage.parse(body);
                    assertThat(FrameId.isStreamName(message.stream())).isTrue();
                    assertThat(message.session() == null ? "none" : message.session())
                            .matches("[A-Za-z0-9_-]+");
                    assertThat(message.line()).doesNotContain((byte) '\n');
                },
                20_261_122,
                COUNT);
        assertThat(taken).isPositive();
    }
}
