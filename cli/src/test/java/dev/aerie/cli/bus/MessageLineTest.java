package dev.aerie.cli.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Exchanges;
import dev.aerie.messages.Message;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import dev.aerie.messages.testing.ExampleMessages;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageLineTest {

    private final MessageLine line = new MessageLine(ZoneOffset.UTC);

    @Test
    void of_frameResult_tellsTimeFrameAndObjects() {
        String text = line.of(Exchanges.PROCESSED_FRAMES, Messages.write(ExampleMessages.frameResult()));
        assertThat(text.replaceAll(" +", " "))
                .startsWith(
                        "08:00:00.187 processed_frames_exchange aerie.frame_result/1 drone 1042 objects=[person 0.91,"
                                + " car 0.4]")
                .doesNotContain("polygon");
    }

    @Test
    void of_everyKindOfMessage_isOneShortLine() {
        for (Message message : ExampleMessages.all()) {
            String exchange = MessageType.of(message.getClass()).exchange();
            String text = line.of(exchange, Messages.write(message));
            assertThat(text).doesNotContain("\n").contains(message.schema()).hasSizeLessThan(220);
        }
    }

    @Test
    void of_somethingElse_saysSo() {
        assertThat(line.of("imu_exchange", "[1,2]".getBytes(UTF_8))).contains("imu_exchange", "5 bytes");
        assertThat(line.of("imu_exchange", new byte[] {0, 1})).contains("2 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e300000000", "1e999", "-1e999", "1e300", "\"today\"", "null"})
    void of_timeThatIsNone_isALineAllTheSame(String time) {
        String text = line.of("x", ("{\"schema\":\"aerie.x/1\",\"timestamp\":" + time + "}").getBytes(UTF_8));
        assertThat(text).contains("aerie.x/1").matches("(-{12}|00:00:00.000) .*");
    }

    @Test
    void isOf_streamOfTheMessage_tellsThemApart() {
        byte[] body = Messages.write(ExampleMessages.frameResult());
        assertThat(MessageLine.isOf("drone", body)).isTrue();
        assertThat(MessageLine.isOf("gate", body)).isFalse();
    }
}
