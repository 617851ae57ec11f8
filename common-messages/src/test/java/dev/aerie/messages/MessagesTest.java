package dev.aerie.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.testing.ExampleMessages;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class MessagesTest {

    static List<Message> examples() {
        return ExampleMessages.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void read_whatWriteWrote_isTheSame(Message message) throws MalformedMessageException {
        assertThat(Messages.read(Messages.write(message))).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readHeader_anyMessage_isItsTypeAndEnvelope(Message message) throws MalformedMessageException {
        assertThat(Messages.readHeader(new String(Messages.write(message), UTF_8)))
                .isEqualTo(new MessageHeader(MessageType.of(message.getClass()), message.envelope()));
    }

    /// What is passed on inside another JSON text must be one JSON object itself.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"score\":0.91  | \"score\":NaN",
                "\"score\":0.91  | \"score\":[",
                "\"score\":0.91  | \"score\":1,\"score\":2",
                "\"width\":1280, | \"width\":1280}{",
                "{\"schema\"     | \uFEFF{\"schema\"",
                "{\"schema\"     | [{\"schema\"",
                "\"stream\":\"drone\" | \"stream\":\"No Stream\"",
                "aerie.frame_result/1 | aerie.frame_result/2",
            })
    void readHeader_notOneKnownMessage_isRefused(String found, String replacement) {
        String json = new String(edited(ExampleMessages.frameResult(), found, replacement), UTF_8);
        assertThatThrownBy(() -> Messages.readHeader(json)).isInstanceOf(MalformedMessageException.class);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void write_anyMessage_beginsWithSchemaAndEnvelope(Message message) {
        assertThat(new String(Messages.write(message), UTF_8))
                .startsWith("{\"schema\":\"" + message.schema() + "\",\"stream\":\"drone\",")
                .contains("\"timestamp\":1763712000.187,");
    }

    @Test
    void read_fieldsOfALaterVersion_areIgnored() throws MalformedMessageException {
        var event = ExampleMessages.streamEvent(StreamEvent.Kind.ENDED, "gate", ExampleMessages.SESSION);
        assertThat(Messages.read(edited(event, "{\"schema\"", "{\"bitrate\":{\"kbit\":4000},\"schema\"")))
                .isEqualTo(event);
    }

    /// Each row: what stands in the JSON of a frame result, what takes its place, what the error must say.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            "width":1280,               |                            | width
            "width":1280                | "width":0                  | width must be >= 1
            "width":1280                | "width":"1280"             | width
            "width":1280                | "width":12.5               | width
            "score":0.91                | "score":NaN                | invalid JSON
            "score":0.91                | "score":"NaN"              | score must be 0.0..1.0, was NaN
            "score":0.91                | "score":1.5                | objects.0
            "bbox":[600.0,300.0,100.0,200.0] | "bbox":[600.0,300.0,1e999,200.0] | width must be a finite number
            "bbox":[600.0,300.0,100.0,200.0] | "bbox":[600.0,300.0,100.0]   | [left, top, width, height]
            "stream":"drone"            | "stream":"No Stream"       | stream must match
            "session":"01K9JXW7Z3T4V5W6X7Y8Z9ABCD", |                | session
            "frame_number":1042,        |                            | frame_number is missing
            "frame_number":1042         | "frame_number":-1          | frame_number must be >= 0
            "frame_number":1042         | "frame_number":9007199254740992 | frame_number must be >= 0
            "session":"01K9JXW7Z3T4V5W6X7Y8Z9ABCD" | "session":"../../x" | session must be
            "capture_time_ns":1763712000123456789 | "capture_time_ns":-9223372036854775808 | capture_time_ns must be
            "capture_time_ns":1763712000123456789 | "capture_time_ns":9223372036854775807 | capture_time_ns must be
            "timestamp":1763712000.187  | "timestamp":-1             | timestamp must be
            "timestamp":1763712000.187  | "timestamp":1e300000000    | timestamp
            "timestamp":1763712000.187  | "timestamp":1e12345678901  | exponent
            "clock":"sender"            | "clock":"sundial"          | clock
            "clock":"sender",           |                            | clock and capture_time_ns come together
            "timestamp":1763712000.187, |                            | timestamp is missing
            "timestamp":1763712000.187  | "timestamp":"today"        | timestamp
            "timestamp":1763712000.187  | "timestamp":1e300          | timestamp
            "service":"frame-processor",|                            | producer.service is missing
            "state":"confirmed"         | "state":"sure"             | state
            "tracker":"edgetam",        |                            | tracker is missing
            "schema":"aerie.frame_result/1", |                       | schema is missing
            aerie.frame_result/1        | aerie.frame_result/2       | 'aerie.frame_result/2' is not known
            """)
    void read_nonsense_saysWhichFieldAndRule(String found, String replacement, String expected) {
        byte[] body = edited(ExampleMessages.frameResult(), found, replacement == null ? "" : replacement);
        assertThatThrownBy(() -> Messages.read(body))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void read_anotherSchemaThanAskedFor_saysBoth() {
        byte[] pose = Messages.write(ExampleMessages.pose());
        assertThatThrownBy(() -> Messages.read(FrameResult.class, pose))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("schema: expected 'aerie.frame_result/1', was 'aerie.pose/1'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[]", "12", "{", "{} {}", "{\"schema\":1}", "null"})
    void read_noObject_isRefused(String text) {
        assertThatThrownBy(() -> Messages.read(text.getBytes(UTF_8))).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void read_nothing_isRefused() {
        assertThatThrownBy(() -> Messages.read(new byte[0])).isInstanceOf(MalformedMessageException.class);
    }

    private static byte[] edited(Message message, String found, String replacement) {
        String text = new String(Messages.write(message), UTF_8);
        assertThat(text).contains(found);
        return text.replace(found, replacement).getBytes(UTF_8);
    }
}
