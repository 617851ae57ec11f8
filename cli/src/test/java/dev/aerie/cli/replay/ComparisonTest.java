package dev.aerie.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

    @Test
    void of_theSameSaidAtAnotherTime_isTheSame() throws Exception {
        var recorded = List.of(result(7, "drone", "sender", "1.5", "fp-1", "car"));
        var replayed = List.of(result(7, "again", "replay", "99.25", "fp-2", "car"));

        assertThat(Comparison.of(recorded, replayed)).isEqualTo(new Comparison(1, 0, 0, List.of()));
    }

    @Test
    void of_somethingElseSaid_namesFrameFieldAndBothValues() throws Exception {
        var recorded = List.of(
                result(7, "drone", "sender", "1", "fp-1", "car"), result(8, "drone", "sender", "1", "fp-1", "car"));
        var replayed = List.of(
                result(8, "drone", "replay", "2", "fp-1", "dog"), result(7, "drone", "replay", "2", "fp-1", "car"));

        var comparison = Comparison.of(recorded, replayed);

        assertThat(comparison.same()).isEqualTo(1);
        assertThat(comparison.differences())
                .containsExactly(
                        "frame 8 aerie.frame_result/1: objects was [{\"label\":\"car\"}], is [{\"label\":\"dog\"}]");
    }

    @Test
    void of_saidOneTimeOnly_isCountedOnItsSide() throws Exception {
        var recorded = List.of(
                result(1, "drone", "sender", "1", "fp-1", "car"), result(2, "drone", "sender", "1", "fp-1", "car"));
        var replayed = List.of(
                result(2, "drone", "replay", "1", "fp-1", "car"),
                result(3, "drone", "replay", "1", "fp-1", "car"),
                result(4, "drone", "replay", "1", "fp-1", "car"));

        assertThat(Comparison.of(recorded, replayed)).isEqualTo(new Comparison(1, 1, 2, List.of()));
    }

    private static JsonNode result(
            long frame, String stream, String clock, String timestamp, String instance, String label)
            throws JsonProcessingException {
        return ArchiveClient.JSON.readTree("""
                {"schema":"aerie.frame_result/1","stream":"%s","session":"01K9","frame_number":%d,"clock":"%s",\
                "timestamp":%s,"producer":{"service":"frame-processor","instance":"%s","model":"yolox_nano"},\
                "timing_ms":{"infer":%s},"objects":[{"label":"%s"}]}""".formatted(stream, frame, clock, timestamp, instance, timestamp, label));
    }
}
