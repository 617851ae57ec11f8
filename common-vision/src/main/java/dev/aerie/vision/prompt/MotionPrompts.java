package dev.aerie.vision.prompt;

import dev.aerie.messages.TrackState;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.mot.BoxTrack;
import dev.aerie.vision.mot.ByteTrack;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.motion.CameraMotion;
import dev.aerie.vision.onnx.ModelException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Proposes moving objects. A detection with a mask is proposed as the region that it is, in every frame. One without
/// is proposed once it has moved in several consecutive frames: parallax of a wall for a moment is not proposed, nor is
/// a box whose size jumps, as with a part of an object or two merged objects. Needs every frame. Owns its detectors.
final class MotionPrompts implements PromptStrategy {

    /// Intersection over union of a detection with the track's predicted box.
    private static final double MIN_OVERLAP = 0.65;

    private final Detector detector;
    private final Optional<Detector> names;
    private final ByteTrack tracker = new ByteTrack(ByteTrackConfig.INTERMITTENT);
    private List<Candidate> moving = List.of();
    private @Nullable FrameStamp last;

    /// - `detector`: of what moves
    /// - `names`: a detector that knows classes; empty where none is installed
    MotionPrompts(Detector detector, Optional<Detector> names) {
        this.detector = detector;
        this.names = names;
    }

    @Override
    public void observe(VideoFrame frame) throws ModelException {
        var detectionResult = detector.detect(frame);
        var found = new ArrayList<>(regions(detectionResult.detections(), frame.size()));
        var boxes = detectionResult.detections().stream()
                .filter(detection -> detection.mask().isEmpty())
                .toList();
        var tracks = tracker.update(
                boxes,
                detectionResult.cameraMotion().orElse(CameraMotion.NONE),
                elapsedFrames(frame.stamp()),
                Optional.of(frame.size()));
        var steady = tracks.stream()
                .filter(track -> track.state() == TrackState.CONFIRMED)
                .flatMap(track -> matchingDetection(track, boxes).stream())
                .toList();
        found.addAll(DetectorPrompts.candidates(steady, Candidate.MOTION, PromptStrategies.MIN_MOTION_SCORE));
        moving = List.copyOf(found);
    }

    private static List<Candidate> regions(List<Detection> detections, FrameSize size) {
        return detections.stream()
                .filter(detection ->
                        detection.mask().isPresent() && detection.score() >= PromptStrategies.MIN_MOTION_SCORE)
                .map(detection -> new Candidate(
                        new Candidate.Location.InRegion(
                                detection.mask().orElseThrow().toFrame(size)),
                        detection.label(),
                        detection.score(),
                        Candidate.MOTION))
                .toList();
    }

    /// The detection of a track in this frame, if it fits the predicted box.
    private static Optional<Detection> matchingDetection(BoxTrack track, List<Detection> found) {
        return found.stream()
                .max(Comparator.comparingDouble(one -> one.box().overlapWith(track.box())))
                .filter(one -> one.box().overlapWith(track.box()) >= MIN_OVERLAP);
    }

    @Override
    public List<Candidate> propose(VideoFrame frame) {
        return moving;
    }

    @Override
    public Optional<List<Candidate>> current() {
        return Optional.of(moving);
    }

    @Override
    public List<Detection> names(VideoFrame frame) throws ModelException {
        if (names.isEmpty()) {
            return List.of();
        }
        return names.get().detect(frame).detections().stream()
                .filter(detection -> detection.score() >= PromptStrategies.MIN_SCORE)
                .toList();
    }

    @Override
    public void close() {
        detector.close();
        names.ifPresent(Detector::close);
    }

    private long elapsedFrames(FrameStamp now) {
        var before = last;
        last = now;
        if (before != null && before.id().session().equals(now.id().session())) {
            return Math.max(1, now.id().frameNumber() - before.id().frameNumber());
        }
        tracker.forget();
        return 1;
    }
}
