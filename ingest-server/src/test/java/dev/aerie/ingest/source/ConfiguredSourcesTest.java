package dev.aerie.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfiguredSourcesTest {

    @Test
    void parse_pairs_giveEachKind() {
        var sources = ConfiguredSources.parse(
                "cam=rtsp://u:p@host/x, clip=file:/data/a.mp4,eye=webcam:/dev/video0,card=test:");
        assertThat(sources.keySet()).containsExactly("cam", "clip", "eye", "card");
        assertThat(sources.get("cam")).isEqualTo(new SourceSpec.RtspPull(List.of("rtsp://u:p@host/x"), "tcp"));
        assertThat(sources.get("clip")).isEqualTo(new SourceSpec.VideoFile("/data/a.mp4", true));
        assertThat(sources.get("eye").type()).isEqualTo("webcam");
        assertThat(sources.get("card").type()).isEqualTo("test");
    }

    @Test
    void parse_json_equalsTheRestFormat() {
        var sources = ConfiguredSources.parse(
                "{\"cam\":{\"type\":\"rtsp\",\"urls\":[\"rtsp://a/\",\"rtsp://b/\"],\"transport\":\"udp\"},"
                        + "\"clip\":{\"type\":\"file\",\"path\":\"a.mp4\",\"loop\":false}}");
        assertThat(sources.get("cam")).isEqualTo(new SourceSpec.RtspPull(List.of("rtsp://a/", "rtsp://b/"), "udp"));
        assertThat(sources.get("clip")).isEqualTo(new SourceSpec.VideoFile("a.mp4", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cam",
                "cam=",
                "Cam=test:",
                "cam=ftp://x/",
                "cam=file:http://x/",
                "cam=webcam:/etc/passwd/..",
                "{\"cam\":{}}",
                "{",
                "{\"cam\":{\"type\":\"test\",\"fps\":0}}"
            })
    void isValid_nonsense_isFalse(String text) {
        assertThat(ConfiguredSources.isValid(text)).isFalse();
    }

    @Test
    void maskedUrl_ofAnyText_leavesNoSecret() {
        assertThat(MaskedUrl.of("rtsp://user:p@ss/w@host:554/live?token=1 failed"))
                .isEqualTo("rtsp://host:554/live?… failed");
        assertThat(new SourceSpec.RtspPull(List.of("rtsp://user:secret@host/x"), null).toString())
                .isEqualTo("rtsp://host/x");
    }
}
