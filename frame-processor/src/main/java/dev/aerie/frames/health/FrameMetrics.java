package dev.aerie.frames.health;

import dev.aerie.messages.FrameResult;
import dev.aerie.service.stage.FrameStages;
import dev.aerie.service.stage.Stage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Consumer;

/// The time that each result took.
public final class FrameMetrics {

    private static final double NANOS_PER_MILLI = 1e6;

    private FrameMetrics() {}

    /// Publishes one result, and measures the stages that end with it.
    public static void publish(FrameStages stages, FrameResult result, Consumer<FrameResult> publish) {
        long inferredNanos = System.nanoTime();
        long inferNanos = (long) (result.timing().inferMillis() * NANOS_PER_MILLI);
        stages.ended(Stage.INFER, result.envelope(), inferredNanos - inferNanos, inferredNanos);
        publish.accept(result);
        stages.ended(Stage.PUBLISH, result.envelope(), inferredNanos, System.nanoTime());
    }

    /// Counts one result under its model.
    public static void count(MeterRegistry registry, FrameResult result) {
        Timer.builder("aerie.frame.infer")
                .description("time in detector and tracker")
                .tag("model", String.valueOf(result.envelope().producer().model()))
                .register(registry)
                .record(Duration.ofNanos((long) (result.timing().inferMillis() * NANOS_PER_MILLI)));
    }
}
