package dev.aerie.slam.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class FrameSkipTest {

    @Test
    void takes_everyThird_countsDroppedOnesAsSkipped() {
        var skip = new FrameSkip(3);

        assertThat(LongStream.of(0, 1, 2, 3, 4, 9, 10, 12, 13).filter(skip::takes))
                .containsExactly(0L, 3L, 9L, 12L);
    }

    @Test
    void takes_numbersThatBeginAnew_beginAnew() {
        var skip = new FrameSkip(2);

        assertThat(LongStream.of(1000, 1001, 0, 1, 2).filter(skip::takes)).containsExactly(1000L, 0L, 2L);
    }
}
