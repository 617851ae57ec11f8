package dev.aerie.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.PtzEvent.Kind;
import dev.aerie.messages.testing.MessageSchemas;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What a steered camera does, told of a frame or of none.
final class PtzEventTest {

    private static final Envelope NO_FRAME =
            Envelope.ofRequest("gate", Instant.ofEpochSecond(1_763_712_000), Producer.of("ptz-service", "ptz-1"));

    static Stream<PtzEvent> withoutFrame() {
        return Stream.of(
                draft(Kind.MOVE_COMMANDED)
                        .relative(new PtzEvent.Relative(5, -2, 1))
                        .operator("ana")
                        .build(),
                draft(Kind.MOVE_COMMANDED)
                        .absolute(new PtzEvent.Absolute(5, -2, 3))
                        .build(),
                draft(Kind.MOVE_COMMANDED)
                        .velocity(new PtzEvent.Velocity(1, 0, 0.5))
                        .build(),
                draft(Kind.TARGET_LOST).object(3L).build(),
                draft(Kind.SEARCHING).object(3L).build(),
                draft(Kind.STOPPED).cause("no video").build(),
                draft(Kind.MODE_CHANGED).mode("hold").build(),
                draft(Kind.PRESET_REACHED).preset("1").build(),
                draft(Kind.PRESET_SAVED).preset("1").operator("ana").build(),
                draft(Kind.OPERATOR_TOOK_OVER).operator("ana").build(),
                draft(Kind.OPERATOR_RELEASED).operator("ana").build(),
                draft(Kind.CAMERA_UNREACHABLE).cause("no answer within 2 s").build(),
                draft(Kind.CAMERA_RECOVERED).build(),
                draft(Kind.HANDOFF_OFFERED).object(3L).toCamera("yard").build(),
                draft(Kind.HANDOFF_CONFIRMED).object(3L).toCamera("yard").build(),
                draft(Kind.HANDOFF_FAILED)
                        .object(3L)
                        .toCamera("yard")
                        .cause("not seen")
                        .build());
    }

    @ParameterizedTest
    @MethodSource("withoutFrame")
    void write_aboutNoFrame_isValidAndReadsAsItWas(PtzEvent event) throws MalformedMessageException {
        byte[] body = Messages.write(event);

        MessageSchemas.assertValid(Exchanges.PTZ_EVENTS, body);
        assertThat(Messages.read(body)).isEqualTo(event);
    }

    /// An event that says no more than its kind is refused, by the codec and by the schema, where the kind asks for
    /// more.
    @ParameterizedTest
    @EnumSource
    void read_nothingButTheKind_codecAndSchemaAgree(Kind kind) {
        String json = new String(Messages.write(draft(Kind.CAMERA_RECOVERED).build()), UTF_8)
                .replace("camera_recovered", kind.name().toLowerCase(Locale.ROOT));

        boolean valid = MessageSchemas.errors(MessageType.PTZ_EVENT, json).isEmpty();
        assertThat(reads(json)).as(json).isEqualTo(valid);
        assertThat(valid).isEqualTo(kind == Kind.CAMERA_RECOVERED || kind == Kind.SEARCHING || kind == Kind.STOPPED);
    }

    @Test
    void build_noStream_isRefused() {
        var envelope = Envelope.ofRequest(null, Instant.EPOCH, Producer.of("ptz-service", "ptz-1"));

        assertThatThrownBy(() -> PtzEvent.draft(envelope, Kind.STOPPED, "gate").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stream");
    }

    private static boolean reads(String json) {
        try {
            Messages.read(json.getBytes(UTF_8));
            return true;
        } catch (MalformedMessageException _) {
            return false;
        }
    }

    private static PtzEventDraft draft(Kind kind) {
        return PtzEvent.draft(NO_FRAME, kind, "gate");
    }
}
