package dev.aerie.frames.pipeline;

import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.ObjectState;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Timing;
import dev.aerie.messages.TrackedObject;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.MaskOutline;
import dev.aerie.vision.mask.PictureMask;
import dev.aerie.vision.mot.Track;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.FollowedObject;
import dev.aerie.vision.track.VideoTracker;
import java.time.InstantSource;
import java.util.List;

/// Makes the result of a picture: what the tracker follows in it, and where the time went.
final class FrameLooker implements AutoCloseable {

    private static final double NANOS_PER_MILLI = 1e6;

    private final VideoTracker tracker;
    private final Producer producer;
    private final InstantSource clock;

    /// - `tracker`: owned from here on
    FrameLooker(VideoTracker tracker, Producer producer, InstantSource clock) {
        this.tracker = tracker;
        this.producer = producer.with(tracker.model());
        this.clock = clock;
    }

    /// The objects of `frame`, which is lent.
    FrameResult look(VideoFrame frame) throws ModelException {
        long begun = System.nanoTime();
        List<FollowedObject> objects = tracker.process(frame);
        long done = System.nanoTime();
        var stamp = frame.stamp();
        return new FrameResult(
                Envelope.ofFrame(stamp.id(), stamp.captureTimeNanos(), stamp.clock(), clock.instant(), producer),
                frame.size().widthPixels(),
                frame.size().heightPixels(),
                tracker.name(),
                timing(frame, begun, done),
                objects.stream().map(FrameLooker::object).toList());
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

    private static TrackedObject object(FollowedObject object) {
        Track track = object.track();
        double area = object.mask()
                .map(PictureMask::areaPixels)
                .map(Long::doubleValue)
                .orElse(track.box().areaPixels());
        return new TrackedObject(
                track.id(),
                track.label(),
                track.score(),
                track.box(),
                state(track),
                track.ageFrames(),
                object.prompt().orElse(null),
                area,
                object.mask().map(PictureMask::toMessage).orElse(null),
                object.mask().flatMap(MaskOutline::polygon).orElse(null));
    }

    private static ObjectState state(Track track) {
        return switch (track.state()) {
            case TENTATIVE -> ObjectState.TENTATIVE;
            case CONFIRMED -> ObjectState.CONFIRMED;
            case OCCLUDED -> ObjectState.OCCLUDED;
            case LOST -> ObjectState.LOST;
        };
    }
}
