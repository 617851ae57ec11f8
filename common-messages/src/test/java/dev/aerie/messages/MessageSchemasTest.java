package dev.aerie.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.MessageSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written on the wire: pinned by golden files, checked by the published schemas.
final class MessageSchemasTest {

    private static final Path GOLDEN = Path.of("src", "test", "golden", "Messages");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    static List<Message> examples() {
        return ExampleMessages.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void write_example_isAsTheGoldenFile(Message message) throws IOException {
        Path file = golden(MessageType.of(message.getClass()));
        String written = JSON.writeValueAsString(JSON.readTree(Messages.write(message))) + "\n";
        if ("write".equals(System.getProperty("aerie.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, written);
        }
        assertThat(written).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @EnumSource
    void goldenFile_isValidAndReads(MessageType type) throws IOException {
        byte[] body = Files.readAllBytes(golden(type));
        MessageSchemas.assertValid(type.schema(), body);
        MessageSchemas.assertValid(type.exchange(), body);
    }

    @ParameterizedTest
    @EnumSource
    void schema_withoutARequiredField_refuses(MessageType type) throws IOException {
        String json = Files.readString(golden(type)).replaceFirst("\"timestamp\" : [0-9.]+,", "");
        assertThat(MessageSchemas.errors(type, json))
                .anySatisfy(error -> assertThat(error.toString()).contains("timestamp"));
    }

    /// What the schema refuses, the codec refuses too: type, what stands in its golden file, what takes its place.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            FRAME_RESULT    | "score" : 0.91            | "score" : 1.91
            FRAME_RESULT    | "state" : "confirmed"     | "state" : "sure"
            FRAME_RESULT    | "stream" : "drone"        | "stream" : "No Stream"
            FRAME_RESULT    | "frame_number" : 1042     | "frame_number" : -1
            FRAME_RESULT    | "detections" : [ {        | "detections" : [ 1, {
            FRAME_RESULT    | "infer" : 31.5            | "infer" : -31.5
            POSE            | "scale" : "arbitrary"     | "scale" : "large"
            POSE            | "pose" :                  | "pose_was" :
            IMU_SAMPLE      | "frame" : "FRD"           | "frame" : "XYZ"
            IMU_BATCH       | "frame" : "FLU",          |
            TELEMETRY       | "latitude" : 48.137154    | "latitude" : 95.0
            TELEMETRY       | "longitude" : 11.576124,  |
            STREAM_EVENT    | "event" : "started"       | "event" : "begun"
            STREAM_EVENT    | "rtsp_path" : "/drone"    | "rtsp_path" : "drone"
            RECORDING_EVENT | "size_bytes" : 2621440    | "size_bytes" : -1
            PTZ_EVENT       | "velocity" :              | "speed" :
            ALERT           | "event" : "began"         | "event" : "raised"
            ALERT           | "score" : 0.91            | "score" : 1.91
            RESTART         | "asked for by an operator" | ""
            IDENTIFICATION  | "object_id" : 7,          |
            """)
    void schemaAndCodec_nonsense_bothRefuse(MessageType type, String found, String replacement) throws IOException {
        String golden = Files.readString(golden(type));
        assertThat(golden).contains(found);
        String json = golden.replace(found, replacement == null ? "" : replacement);
        assertThat(MessageSchemas.errors(type, json)).isNotEmpty();
        assertThatThrownBy(() -> Messages.read(json.getBytes(UTF_8))).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void assertValid_messageOfAnotherExchange_fails() {
        byte[] body = Messages.write(ExampleMessages.pose());
        assertThatThrownBy(() -> MessageSchemas.assertValid(Exchanges.IMU, body))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("aerie.pose/1 is no message of imu_exchange");
    }

    private static Path golden(MessageType type) {
        String schema = type.schema();
        return GOLDEN.resolve(schema.substring(schema.indexOf('.') + 1, schema.indexOf('/')) + ".json");
    }
}
