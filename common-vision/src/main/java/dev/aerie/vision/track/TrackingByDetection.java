package dev.aerie.vision.track;

import dev.aerie.messages.FrameId;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.DetectionRecorder;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.mot.ByteTrack;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.mot.TrackLog;
import dev.aerie.vision.motion.BackgroundMotion;
import dev.aerie.vision.motion.CameraMotion;
import dev.aerie.vision.onnx.ModelException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tracking by detection: detects the objects of every frame and associates them by their boxes.
public final class TrackingByDetection implements VideoTracker {

    private final Detector detector;
    private final DetectionRecorder recorder;
    private final TrackLog log = new TrackLog();
    private final ByteTrack tracker;
    private final BackgroundMotion background = new BackgroundMotion();
    private @Nullable FramePosition last;

    /// - `detector`: owned from here on
    public TrackingByDetection(Detector detector, ByteTrackConfig config) {
        this(detector, config, new DetectionRecorder(false));
    }

    /// - `detector`: owned from here on
    /// - `recorder`: of that detector
    public TrackingByDetection(Detector detector, ByteTrackConfig config, DetectionRecorder recorder) {
        this.detector = detector;
        this.recorder = recorder;
        this.tracker = new ByteTrack(config, Optional.of(log));
    }

    @Override
    public List<TrackedObjectState> process(VideoFrame frame) throws ModelException {
        FramePosition position = FramePosition.of(frame);
        long elapsedFrames = 1;
        if (last != null && position.follows(last)) {
            elapsedFrames = position.frameNumber - last.frameNumber;
        } else {
            tracker.forget();
            background.reset();
        }
        last = position;
        log.beginFrame(frame.stamp().id());
        var detectionResult = detector.detect(frame);
        CameraMotion motion = detectionResult
                .cameraMotion()
                .or(() -> background.measure(frame))
                .orElse(CameraMotion.NONE);
        return tracker.update(detectionResult.detections(), motion, elapsedFrames, Optional.of(frame.size())).stream()
                .map(TrackedObjectState::of)
                .toList();
    }

    @Override
    public Optional<List<Detection>> detectionsIn(FrameId frame) {
        return recorder.detectionsIn(frame);
    }

    @Override
    public String name() {
        return tracker.name();
    }

    @Override
    public String model() {
        return detector.name();
    }

    @Override
    public void close() {
        background.close();
        detector.close();
    }

    private record FramePosition(String session, FrameSize size, long frameNumber) {

        static FramePosition of(VideoFrame frame) {
            return new FramePosition(
                    frame.stamp().id().session(),
                    frame.size(),
                    frame.stamp().id().frameNumber());
        }

        boolean follows(FramePosition earlier) {
            return session.equals(earlier.session) && size.equals(earlier.size) && frameNumber > earlier.frameNumber;
        }
    }
}
