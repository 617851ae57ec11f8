package dev.aerie.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.FrameId;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class FrameSamplingTest {

    private static final FrameId FRAME = new FrameId("drone", "01K9JXW7Z3T4V5W6X7Y8Z9ABCD", 1042);

    @Test
    void of_sameIdentity_sameIds() {
        var trace = FrameTrace.of(FRAME);

        assertThat(FrameTrace.of(new FrameId("drone", "01K9JXW7Z3T4V5W6X7Y8Z9ABCD", 1042)))
                .isEqualTo(trace);
        assertThat(FrameTrace.of(new FrameId("drone", "01K9JXW7Z3T4V5W6X7Y8Z9ABCD", 1043))
                        .traceId())
                .isNotEqualTo(trace.traceId());
        assertThat(trace.traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }

    /// Services of other versions and languages name the same trace.
    @Test
    void of_identity_isItsDigestInThreeParts() {
        var trace = FrameTrace.of(FRAME);

        assertThat(trace.traceId()).isEqualTo("3ff13ea171fa13689198a19037181f6e");
        assertThat(trace.rootSpanId()).isEqualTo("3707f687c2c0a070");
        assertThat(trace.position()).isEqualTo(0.3117953123938676);
    }

    @Test
    void sample_share_isThatOfTheFrames() {
        var sampling = new FrameSampling(0.1);

        long chosen = LongStream.range(0, 10_000)
                .filter(number -> sampling.sample(new FrameId("drone", "01K9JXW7Z3T4V5W6X7Y8Z9ABCD", number))
                        .isPresent())
                .count();

        assertThat((double) chosen).isCloseTo(1000, within(100.0));
    }

    @Test
    void of_noEndpoint_isOff() {
        assertThat(FrameSampling.of(Map.of(FrameSampling.SHARE, "1")).sample(FRAME))
                .isEmpty();
        assertThat(FrameSampling.of(Map.of(FrameSampling.ENDPOINT, "http://collector:4318"))
                        .share())
                .isEqualTo(0.01);
        assertThat(FrameSampling.of(Map.of(FrameSampling.ENDPOINT, "http://collector:4318", FrameSampling.SHARE, "1"))
                        .sample(FRAME))
                .contains(FrameTrace.of(FRAME));
    }
}
