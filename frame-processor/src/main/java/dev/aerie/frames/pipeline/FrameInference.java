package dev.aerie.frames.pipeline;

import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Timing;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.TrackedObjectState;
import dev.aerie.vision.track.VideoTracker;
import dev.aerie.vision.tracker.ProcessingMode;
import dev.aerie.vision.tracker.PromptedTracker;
import dev.aerie.vision.tracker.SavedTracks;
import dev.aerie.vision.tracker.StreamControl;
import dev.aerie.vision.tracker.VideoTrackerFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Runs the tracker on a frame and makes the frame result with its timing. Used by one thread.
final class FrameInference implements AutoCloseable {

    private static final double NANOS_PER_MILLI = 1e6;

    /// Time between two replacements of the tracker, each of which loads and frees models.
    static final long REPLACED_EVERY_NANOS = 1_000_000_000L;

    private final VideoTrackerFactory trackers;
    private final StreamControl control;
    private final Producer producer;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private ProcessingMode processingMode;
    private VideoTracker tracker;
    private long replacedNanos;

    /// Opens the tracker of the current mode, or of [ProcessingMode#VIDEO] where that is off.
    FrameInference(VideoTrackerFactory trackers, StreamControl control, Producer producer, InstantSource clock)
            throws ModelException {
        this(trackers, control, producer, clock, System::nanoTime);
    }

    /// - `nanoTime`: monotonic
    FrameInference(
            VideoTrackerFactory trackers,
            StreamControl control,
            Producer producer,
            InstantSource clock,
            LongSupplier nanoTime)
            throws ModelException {
        this.nanoTime = nanoTime;
        this.replacedNanos = nanoTime.getAsLong() - REPLACED_EVERY_NANOS;
        this.trackers = trackers;
        this.control = control;
        this.producer = producer;
        this.clock = clock;
        this.processingMode = control.mode() == ProcessingMode.OFF ? ProcessingMode.VIDEO : control.mode();
        this.tracker = trackers.open(processingMode, control);
    }

    /// The objects of `frame`, which is lent.
    ProcessedFrame process(VideoFrame frame) throws ModelException {
        long begun = System.nanoTime();
        List<TrackedObjectState> objects = tracker().process(frame);
        var messages = objects.stream().map(ObjectMessages::of).toList();
        long done = System.nanoTime();
        var stamp = frame.stamp();
        var envelope = Envelope.ofFrame(
                stamp.id(), stamp.captureTimeNanos(), stamp.clock(), clock.instant(), producer.with(tracker.model()));
        var result = new FrameResult(
                envelope,
                frame.size().widthPixels(),
                frame.size().heightPixels(),
                tracker.name(),
                timing(frame, begun, done),
                messages,
                tracker.detectionsIn(stamp.id()).map(ObjectMessages::raw).orElse(null));
        return new ProcessedFrame(frame, objects, result);
    }

    /// The tracker of the current mode; replaced where the mode was changed, once a second at most.
    VideoTracker tracker() throws ModelException {
        ProcessingMode newMode = control.mode();
        boolean due = nanoTime.getAsLong() - replacedNanos >= REPLACED_EVERY_NANOS;
        if (newMode != ProcessingMode.OFF && newMode != processingMode && due) {
            replacedNanos = nanoTime.getAsLong();
            var next = trackers.open(newMode, control);
            tracker.close();
            tracker = next;
            processingMode = newMode;
        }
        return tracker;
    }

    /// The state that another replica needs to continue; empty where the tracker has none.
    Optional<SavedTracks> save() {
        return tracker instanceof PromptedTracker prompted ? prompted.save() : Optional.empty();
    }

    /// Ends the tracks and frees their memory.
    void forget() {
        if (tracker instanceof PromptedTracker prompted) {
            prompted.forget();
        }
    }

    void resume(SavedTracks tracks) {
        if (tracker instanceof PromptedTracker prompted) {
            prompted.resume(tracks);
        }
    }

    @Override
    public void close() {
        tracker.close();
    }

    private static Timing timing(VideoFrame frame, long begunNanos, long doneNanos) {
        double decode = millis(frame.decodeNanos());
        double wait = millis(begunNanos - frame.decodedAtNanos());
        double infer = millis(doneNanos - begunNanos);
        return new Timing(decode, wait, infer, decode + wait + infer);
    }

    private static double millis(long nanos) {
        return Math.max(0, nanos) / NANOS_PER_MILLI;
    }
}
