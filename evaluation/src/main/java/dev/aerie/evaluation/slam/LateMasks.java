package dev.aerie.evaluation.slam;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Timing;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.movable.MovableMask;
import dev.aerie.slam.movable.MovableMasks;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.opencv.opencv_core.Mat;

/// True masks that come as late as those of a frame-processor; they go the same way as in the service.
///
/// - `lateSeconds`: from a frame to its masks; empty for no masks at all
final class LateMasks {

    private static final Set<String> MOVABLE = Set.of("person", "car", "truck");
    private static final Producer PRODUCER = Producer.of("simulator", "truth");
    private static final Timing TIMING = new Timing(0, 0, 0, 0);

    private final Optional<Double> lateSeconds;
    private final MovableMasks masks = new MovableMasks(MOVABLE);
    private final Deque<FrameResult> underWay = new ArrayDeque<>();

    LateMasks(Optional<Double> lateSeconds) {
        this.lateSeconds = lateSeconds;
    }

    /// What is known of a frame when it is taken.
    ///
    /// - `grey`: it has been read
    Optional<MovableMask> of(int number, long captureTimeNanos, ImageSequence.Frame frame, Mat grey) {
        if (lateSeconds.isEmpty()) {
            return Optional.empty();
        }
        var id = new FrameId("simulator", "flight", number);
        var envelope = Envelope.ofFrame(id, captureTimeNanos, CaptureClock.SENDER, Instant.EPOCH, PRODUCER);
        underWay.addLast(new FrameResult(envelope, grey.cols(), grey.rows(), "truth", TIMING, frame.objects()));
        long come = captureTimeNanos - Math.round(lateSeconds.get() * SequenceRun.NANOS);
        while (!underWay.isEmpty() && captureTimeNanos(underWay.getFirst()) <= come) {
            masks.add(underWay.removeFirst());
        }
        return masks.maskOf(number, captureTimeNanos);
    }

    /// Hands over the masks of earlier frames that have come.
    void judge(SlamEngine engine) {
        masks.takeNew().forEach(engine::judge);
    }

    private static long captureTimeNanos(FrameResult result) {
        return Objects.requireNonNull(result.envelope().captureTimeNanos());
    }
}
