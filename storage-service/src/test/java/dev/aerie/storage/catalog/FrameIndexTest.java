package dev.aerie.storage.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.CaptureClock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrameIndexTest {

    /// Two open groups of H.265: frames 4 and 5 are shown in front of the IDR frame 3 that they follow.
    private static final List<Integer> SHOWN_AT = List.of(0, 1, 2, 5, 3, 4, 6, 7);

    private static final List<Integer> IDR_FRAMES = List.of(0, 3);

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 0", "3, 3", "4, 0", "5, 0", "6, 3", "7, 3"})
    void keyframeBefore_openGroups_isWhereAllThatTheFrameRefersToIsDecoded(int position, int keyframe) {
        assertThat(index().keyframeBefore(position)).isEqualTo(keyframe);
    }

    @Test
    void ofBytes_isWhatWasWritten() {
        assertThat(FrameIndex.ofBytes(index().toBytes())).isEqualTo(index());
    }

    private static FrameIndex index() {
        return new FrameIndex(IntStream.range(0, SHOWN_AT.size())
                .mapToObj(i -> new FrameEntry(
                        i,
                        1_763_712_000_000_000_000L + i,
                        CaptureClock.SENDER,
                        i * 3_000L,
                        (SHOWN_AT.get(i) - i) * 3_000,
                        1_000L * i,
                        1_000,
                        IDR_FRAMES.contains(i),
                        false))
                .toList());
    }
}
