package dev.aerie.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

final class ProgressLogTest {

    @Test
    void frame_manyFrames_logsCountAndRatePeriodically() {
        var lines = new ArrayList<List<Object>>();
        var nanos = new AtomicLong();
        BiConsumer<Long, Double> line = (frames, fps) -> lines.add(List.of(frames, fps));
        var progressLog = new ProgressLog(nanos::get, line);
        for (int i = 0; i < 2 * ProgressLog.FRAMES_PER_LINE; i++) {
            nanos.addAndGet(40_000_000);
            progressLog.frame();
        }
        assertThat(lines).containsExactly(List.of(500L, 25.0), List.of(1000L, 25.0));
    }
}
