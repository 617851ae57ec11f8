package dev.aerie.ingest.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.ingest.watch.TrackChange;
import dev.aerie.ingest.watch.TrackChange.Kind;
import dev.aerie.ingest.watch.TrackChange.Track;
import dev.aerie.messages.testing.ExampleMessages;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class FrigateEventTest {

    @Test
    void of_end_hasFrigatesFieldsBeforeAndAfter() throws IOException {
        var result = ExampleMessages.frameResult();
        var track = new Track(result, result.objects().getFirst(), 1_763_711_999_000_000_000L, 0.95);

        var event = new ObjectMapper().readTree(FrigateEvent.of(new TrackChange(Kind.ENDED, track, track)));

        assertThat(event.path("type").textValue()).isEqualTo("end");
        assertThat(event.path("before").path("end_time").isNull()).isTrue();
        var after = event.path("after");
        assertThat(after.path("id").textValue()).isEqualTo(ExampleMessages.SESSION + "-7");
        assertThat(after.path("camera").textValue()).isEqualTo("drone");
        assertThat(after.path("label").textValue()).isEqualTo("person");
        assertThat(after.path("box").toString()).isEqualTo("[600,300,700,500]");
        assertThat(after.path("start_time").doubleValue()).isEqualTo(1_763_711_999.0);
        assertThat(after.path("end_time").doubleValue()).isCloseTo(1_763_712_000.1234567, within(1e-6));
        assertThat(after.path("top_score").doubleValue()).isEqualTo(0.95);
        assertThat(after.path("sub_label").isNull()).isTrue();
        assertThat(after.path("frame_number").longValue()).isEqualTo(1042);
    }

    @Test
    void broker_ofAnUrl_hasItsPort_othersAreRefused() {
        assertThat(MqttBroker.parse("mqtt://home")).isEqualTo(new MqttBroker(false, "home", 1883));
        assertThat(MqttBroker.parse("mqtts://home")).isEqualTo(new MqttBroker(true, "home", 8883));
        assertThat(MqttBroker.parse("mqtt://10.0.0.7:1884").port()).isEqualTo(1884);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> MqttBroker.parse("http://home"));
    }
}
