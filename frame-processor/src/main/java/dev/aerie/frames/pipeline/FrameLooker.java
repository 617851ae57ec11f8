package dev.aerie.frames.pipeline;

import dev.aerie.frames.follow.MaskFollower;
import dev.aerie.frames.follow.SavedState;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Timing;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.FollowedObject;
import dev.aerie.vision.track.VideoTracker;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Makes the result of a picture: what the tracker follows in it, and where the time went. Used by one
/// thread.
final class FrameLooker implements AutoCloseable {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Trackers trackers;
    private final StreamControl control;
    private final Producer producer;
    private final InstantSource clock;
    private Mode mode;
    private VideoTracker tracker;

    /// Opens the tracker of the mode that is on, of [Mode#VIDEO] while that is off.
    FrameLooker(Trackers trackers, StreamControl control, Producer producer, InstantSource clock)
            throws ModelException {
        this.trackers = trackers;
        this.control = control;
        this.producer = producer;
        this.clock = clock;
        this.mode = control.mode() == Mode.OFF ? Mode.VIDEO : control.mode();
        this.tracker = trackers.open(mode, control);
    }

    /// The objects of `frame`, which is lent.
    SeenPicture look(VideoFrame frame) throws ModelException {
        long begun = System.nanoTime();
        List<FollowedObject> objects = tracker().process(frame);
        var messages = objects.stream().map(ObjectMessages::of).toList();
        long done = System.nanoTime();
        var stamp = frame.stamp();
        var made = Envelope.ofFrame(
                stamp.id(), stamp.captureTimeNanos(), stamp.clock(), clock.instant(), producer.with(tracker.model()));
        var result = new FrameResult(
                made,
                frame.size().widthPixels(),
                frame.size().heightPixels(),
                tracker.name(),
                timing(frame, begun, done),
                messages);
        return new SeenPicture(frame, objects, result);
    }

    /// What looks at pictures now; another one where the mode was changed.
    VideoTracker tracker() throws ModelException {
        Mode wanted = control.mode();
        if (wanted != Mode.OFF && wanted != mode) {
            var next = trackers.open(wanted, control);
            tracker.close();
            tracker = next;
            mode = wanted;
        }
        return tracker;
    }

    /// What another replica needs to go on, from a tracker that remembers.
    Optional<SavedState> save() {
        return tracker instanceof MaskFollower follower ? follower.save() : Optional.empty();
    }

    /// Gives up what is kept of the pictures before.
    void forget() {
        if (tracker instanceof MaskFollower follower) {
            follower.forget();
        }
    }

    void resume(SavedState state) {
        if (tracker instanceof MaskFollower follower) {
            follower.resume(state);
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
