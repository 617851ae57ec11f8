package dev.aerie.service.stage;

import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.VideoFrame;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Measures the age of frames at the end of each stage, `aerie_frame_age_seconds{stage}`, and creates the spans of
/// sampled frames. The label has a handful of values, whatever clients send. Frames of replays are skipped, because
/// they are as old as their recording. Safe for several threads.
public final class FrameStages {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /// Upper bounds of the histogram's buckets, in milliseconds.
    private static final int[] BUCKETS_MILLIS = {5, 10, 20, 33, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000};

    private final InstantSource clock;
    private final FrameTracer tracer;
    private final Map<Stage, Timer> ages = new EnumMap<>(Stage.class);

    /// - `stages`: the stages of this service
    public FrameStages(MeterRegistry registry, InstantSource clock, FrameTracer tracer, Stage... stages) {
        this.clock = clock;
        this.tracer = tracer;
        for (Stage stage : stages) {
            ages.put(stage, timer(registry, stage));
        }
    }

    private static Timer timer(MeterRegistry registry, Stage stage) {
        return Timer.builder("aerie.frame.age")
                .description("time since a frame was captured, at the end of a stage")
                .tag("stage", stage.tag())
                .serviceLevelObjectives(Arrays.stream(BUCKETS_MILLIS)
                        .mapToObj(Duration::ofMillis)
                        .toArray(Duration[]::new))
                .register(registry);
    }

    /// Called when a stage of a frame is over.
    ///
    /// - `begunNanos`, `doneNanos`: by `System.nanoTime()`
    public void ended(Stage stage, FrameStamp stamp, long begunNanos, long doneNanos) {
        ended(stage, stamp.id(), new Capture(stamp.captureTimeNanos(), stamp.clock()), begunNanos, doneNanos);
    }

    /// Called when a stage is over, for the frame that a message is about; does nothing if it is about none.
    public void ended(Stage stage, Envelope envelope, long begunNanos, long doneNanos) {
        var capture = Capture.of(envelope);
        if (capture != null) {
            ended(stage, envelope.frameId(), capture, begunNanos, doneNanos);
        }
    }

    /// Called when a message about a frame arrives; the stage began when the message was made.
    public void received(Stage stage, Envelope envelope) {
        var capture = Capture.of(envelope);
        if (capture != null && !capture.isReplayed()) {
            record(stage, envelope.frameId(), capture, unixNanos(envelope.madeAt()), unixNanos(clock.instant()));
        }
    }

    /// Records [Stage#DECODE] of each decoded frame.
    public FrameObserver decoding() {
        return (unit, _) -> decoded(unit);
    }

    /// Records [Stage#DECODE] of each decoded frame, and for every unit the stage in which it is processed.
    public FrameObserver working(Stage stage) {
        return (unit, begunNanos) -> {
            decoded(unit);
            long doneNanos = System.nanoTime();
            switch (unit) {
                case VideoFrame frame -> ended(stage, frame.stamp(), begunNanos, doneNanos);
                case AccessUnit coded -> coded.stamp().ifPresent(stamp -> ended(stage, stamp, begunNanos, doneNanos));
                default -> {}
            }
        };
    }

    private void decoded(Object unit) {
        if (unit instanceof VideoFrame frame) {
            long done = frame.decodedAtNanos();
            ended(Stage.DECODE, frame.stamp(), done - frame.decodeNanos(), done);
        }
    }

    private void ended(Stage stage, FrameId id, Capture capture, long begunNanos, long doneNanos) {
        if (!capture.isReplayed()) {
            long end = unixNanos(clock.instant()) - (System.nanoTime() - doneNanos);
            record(stage, id, capture, end - (doneNanos - begunNanos), end);
        }
    }

    private void record(Stage stage, FrameId id, Capture capture, long startUnixNanos, long endUnixNanos) {
        var age = ages.get(stage);
        if (age != null) {
            age.record(Math.max(0, endUnixNanos - capture.unixNanos()), TimeUnit.NANOSECONDS);
        }
        if (stage == Stage.RELAY) {
            tracer.root(id, capture.unixNanos(), endUnixNanos);
        }
        tracer.span(id, stage.tag(), startUnixNanos, endUnixNanos);
    }

    private static long unixNanos(Instant instant) {
        return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    }
}
