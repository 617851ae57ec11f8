package dev.aerie.ptz.tracks;

import dev.aerie.ptz.follow.SeenMotion;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.DetectionResult;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.mot.BoxTrack;
import dev.aerie.vision.mot.MultiObjectTracker;
import dev.aerie.vision.motion.BackgroundMotion;
import dev.aerie.vision.motion.CameraMotion;
import dev.aerie.vision.onnx.ModelException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The objects of one stream, from detections, tracked across the frames in which somebody looked. Used by one thread.
///
/// Owns its detector until [#close].
public final class FrameTracks implements AutoCloseable {

    private final Detector detector;
    private final boolean measuresMotion;
    private final MultiObjectTracker tracker;
    private final BackgroundMotion background = new BackgroundMotion();
    private String session = "";
    private @Nullable FrameSize size;
    private long lastFrame = -1;
    private long lastCaptureNanos;
    private Optional<SeenMotion> motion = Optional.empty();

    /// - `detector`: owned from here on
    /// - `isMotion`: whether it finds what moves, which is seen now and then only
    public FrameTracks(Detector detector, MultiObjectTracker tracker, boolean isMotion) {
        this.detector = detector;
        this.measuresMotion = !isMotion;
        this.tracker = tracker;
    }

    /// The tracks of one more frame, by identity; boxes in its pixels.
    ///
    /// - `frame`: later than the last one; lent
    public List<BoxTrack> track(VideoFrame frame) throws ModelException {
        var id = frame.stamp().id();
        if (!id.session().equals(session) || !frame.size().equals(size) || id.frameNumber() <= lastFrame) {
            session = id.session();
            size = frame.size();
            lastFrame = -1;
            tracker.forget();
            background.reset();
        }
        DetectionResult found = detector.detect(frame);
        Optional<CameraMotion> moved = measuresMotion ? background.measure(frame) : found.cameraMotion();
        motion = moved.filter(_ -> lastFrame >= 0).map(one -> new SeenMotion(lastCaptureNanos, one));
        lastCaptureNanos = frame.stamp().captureTimeNanos();
        long elapsed = lastFrame < 0 ? 1 : id.frameNumber() - lastFrame;
        lastFrame = id.frameNumber();
        return tracker.update(found.detections(), moved.orElse(CameraMotion.NONE), elapsed, Optional.of(frame.size()));
    }

    /// How the background moved between the last two frames that were tracked; empty where that cannot be told.
    public Optional<SeenMotion> motion() {
        return motion;
    }

    @Override
    public void close() {
        detector.close();
        background.close();
    }
}
