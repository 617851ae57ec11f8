package dev.aerie.frames.health;

import dev.aerie.messages.FrameResult;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// The time that each result took.
public final class FrameMetrics {

    private static final double NANOS_PER_MILLI = 1e6;

    private FrameMetrics() {}

    /// Counts one result under its model.
    public static void count(MeterRegistry registry, FrameResult result) {
        Timer.builder("aerie.frame.infer")
                .description("time in detector and tracker")
                .tag("model", String.valueOf(result.envelope().producer().model()))
                .register(registry)
                .record(Duration.ofNanos((long) (result.timing().inferMillis() * NANOS_PER_MILLI)));
    }
}
