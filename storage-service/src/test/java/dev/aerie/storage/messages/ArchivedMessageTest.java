package dev.aerie.storage.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Message;
import dev.aerie.messages.Messages;
import dev.aerie.messages.testing.ExampleMessages;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArchivedMessageTest {

    @Test
    void parse_everyKindOfTheFleet_keepsItsBytesAndTellsItFromTheOthers() throws MalformedMessageException {
        var keys = new HashSet<String>();
        for (Message message : ExampleMessages.all()) {
            if (message.envelope().stream() == null) {
                continue;
            }
            byte[] body = Messages.write(message);
            var said = ArchivedMessage.parse(body);
            assertThat(said.line()).isEqualTo(body);
            assertThat(said.schema()).isEqualTo(message.schema());
            assertThat(said.session()).isEqualTo(message.envelope().session());
            assertThat(keys.add(said.key())).as(said.key()).isTrue();
        }
    }

    @Test
    void parse_kindOfLater_isKeptWithFieldsThatNobodyKnows() throws MalformedMessageException {
        var message = ArchivedMessage.parse(bytes("""
                {"schema":"aerie.smell/2","stream":"drone","session":"01K9","frame_number":3,
                 "odour":{"of":"roses"}}"""));
        assertThat(new String(message.line(), UTF_8)).contains("roses").doesNotContain("\n");
        assertThat(message.frameNumber()).hasValue(3);
    }

    @Test
    void key_secondResultOfOneFrame_isThatOfTheFirst() throws MalformedMessageException {
        String result = """
                {"schema":"aerie.frame_result/1","stream":"drone","session":"01K9","frame_number":3,"timestamp":%s,\
                "producer":{"service":"frame-processor","instance":"%s"}}""";
        var first = ArchivedMessage.parse(bytes(result.formatted("1.5", "fp-1")));
        assertThat(ArchivedMessage.parse(bytes(result.formatted("2.5", "fp-1"))).key())
                .isEqualTo(first.key());
        assertThat(ArchivedMessage.parse(bytes(result.formatted("1.5", "fp-2"))).key())
                .isNotEqualTo(first.key());
    }

    @Test
    void key_measurementsOfOneMoment_areToldApartByWhatTheySay() throws MalformedMessageException {
        String telemetry = """
                {"schema":"aerie.telemetry/1","stream":"drone","capture_time_ns":5,"clock":"sender",\
                "battery_percent":%d}""";
        var first = ArchivedMessage.parse(bytes(telemetry.formatted(80)));
        assertThat(ArchivedMessage.parse(bytes(telemetry.formatted(80))).key()).isEqualTo(first.key());
        assertThat(ArchivedMessage.parse(bytes(telemetry.formatted(79))).key()).isNotEqualTo(first.key());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{}",
                "{\"schema\":\"aerie.pose/1\"}",
                "{\"schema\":\"aerie.pose/1\",\"stream\":\"../etc\"}",
                "{\"schema\":\"aerie.pose/1\",\"stream\":\"drone\",\"session\":\"../../etc\"}"
            })
    void parse_noMessageOrOneThatCouldLeaveTheArchive_isRefused(String body) {
        assertThatThrownBy(() -> ArchivedMessage.parse(bytes(body))).isInstanceOf(MalformedMessageException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
