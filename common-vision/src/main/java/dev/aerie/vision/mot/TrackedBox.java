package dev.aerie.vision.mot;

import dev.aerie.messages.Box;
import dev.aerie.messages.TrackState;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.motion.CameraMotion;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// A track of [ByteTrack]: its motion, the votes for its label, its missed frames.
final class TrackedBox {

    private static final double MIN_VISIBLE_FRACTION = 0.3;

    private final long id;
    private final KalmanBox motion;
    private final Map<String, Double> labelVotes = new TreeMap<>();
    private double score;
    private long ageFrames;
    private long missedFrames;
    private int hitsUntilConfirmed;
    private TrackState reportedState = TrackState.TENTATIVE;
    private boolean lossReported;

    TrackedBox(long id, Detection first, int hitsUntilConfirmed) {
        this.id = id;
        this.motion = new KalmanBox(first.box());
        this.hitsUntilConfirmed = hitsUntilConfirmed - 1;
        vote(first);
    }

    void predict(CameraMotion cameraMotion, long frames) {
        motion.applyCameraMotion(cameraMotion);
        if (missedFrames > 0) {
            motion.keepSize();
        }
        motion.predict((double) frames);
        ageFrames += frames;
        missedFrames += frames;
    }

    void update(Detection detection) {
        motion.correct(detection.box());
        vote(detection);
        missedFrames = 0;
        hitsUntilConfirmed--;
        lossReported = false;
    }

    long id() {
        return id;
    }

    /// As of the last [#report]; tentative before the first.
    TrackState reportedState() {
        return reportedState;
    }

    Box box() {
        return motion.box();
    }

    String label() {
        return labelVotes.entrySet().stream()
                .max(Comparator.comparingDouble(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
    }

    boolean isConfirmed() {
        return hitsUntilConfirmed <= 0;
    }

    long ageFrames() {
        return ageFrames;
    }

    /// Frames since its last detection; 0 if it is detected in this frame.
    long missedFrames() {
        return missedFrames;
    }

    /// Whether it is not detected and less than [#MIN_VISIBLE_FRACTION] of its box lies within the frame.
    boolean hasLeft(FrameSize frame) {
        Box box = box();
        double width = Math.min(frame.widthPixels(), box.rightPixels()) - Math.max(0, box.leftPixels());
        double height = Math.min(frame.heightPixels(), box.bottomPixels()) - Math.max(0, box.topPixels());
        double visible = Math.max(0, width) * Math.max(0, height);
        return missedFrames > 0 && visible < MIN_VISIBLE_FRACTION * box.areaPixels();
    }

    /// Whether its loss was reported already.
    boolean isLossReported() {
        return lossReported;
    }

    /// Its state as reported; a loss counts as reported from here on.
    BoxTrack report(long coastFrames) {
        TrackState state = state(coastFrames);
        reportedState = state;
        lossReported = state == TrackState.LOST;
        return new BoxTrack(id, box(), label(), score, state, ageFrames);
    }

    private TrackState state(long coastFrames) {
        if (!isConfirmed()) {
            return TrackState.TENTATIVE;
        }
        if (missedFrames == 0) {
            return TrackState.CONFIRMED;
        }
        return missedFrames <= coastFrames ? TrackState.OCCLUDED : TrackState.LOST;
    }

    private void vote(Detection detection) {
        labelVotes.merge(detection.label(), detection.score(), Double::sum);
        score = detection.score();
    }
}
