package dev.aerie.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.VideoCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Times are ticks of 90 kHz.
final class SegmentTimelineTest {

    private static final long ORIGIN = 5_000_000_000L;

    private final SegmentTimeline timeline = new SegmentTimeline();

    @Test
    void place_varyingRate_keepsEachTime() {
        assertThat(decode(0, 3_000, 3_300, 45_000)).containsExactly(0L, 3_000L, 3_300L, 45_000L);
        var next = timeline.append(units(45_001, 200_000));

        assertThat(next).extracting(SegmentTimeline.SampleTime::decodeTicks).containsExactly(45_001L, 200_000L);
        assertThat(next).extracting(SegmentTimeline.SampleTime::durationTicks).containsExactly(154_999, 154_999);
        assertThat(next).allSatisfy(time -> assertThat(time.compositionTicks()).isZero());
    }

    @Test
    void place_reorderedFrames_showsEachAtItsTimeInRisingDecodeOrder() {
        var times = timeline.append(units(0, 9_000, 3_000, 6_000));

        assertThat(times)
                .extracting(time -> time.decodeTicks() + time.compositionTicks())
                .containsExactly(0L, 9_000L, 3_000L, 6_000L);
        assertThat(times).extracting(SegmentTimeline.SampleTime::decodeTicks).isSorted();
    }

    @Test
    void place_timeThatStandsStill_stillRises() {
        assertThat(decode(0, 0, 0, 3_000)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void place_clockThatIsSet_followsTheLatestPatternByTheUsualStep() {
        assertThat(decode(0, 3_000, 6_000)).endsWith(6_000L);

        assertThat(decode(900_000_000L, 900_003_000L)).containsExactly(9_000L, 12_000L);
        assertThat(decode(-50_000_000L)).containsExactly(15_000L);
    }

    private List<Long> decode(long... ticks) {
        return timeline.append(units(ticks)).stream()
                .map(SegmentTimeline.SampleTime::decodeTicks)
                .toList();
    }

    private static List<AccessUnit> units(long... ticks) {
        return Arrays.stream(ticks)
                .mapToObj(pts -> new AccessUnit(VideoCodec.H264, new byte[0], false, ORIGIN + pts, Optional.empty()))
                .toList();
    }
}
