package dev.aerie.vision.mot;

import dev.aerie.messages.Box;
import dev.aerie.messages.TrackState;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.motion.CameraMotion;
import dev.aerie.vision.reid.Embedding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A track: its motion, its look, the votes for its label, its missed frames.
final class TrackedBox<M extends BoxMotion> {

    private static final double MIN_VISIBLE_FRACTION = 0.3;

    /// Share of the look so far when a new one comes: BoT-SORT (Aharon et al. 2022), section 3.3.
    private static final double LOOK_MOMENTUM = 0.9;

    private final long id;
    private final M motion;
    private final LabelVotes labels = new LabelVotes();
    private Box box;
    private @Nullable Embedding look;
    private double score;
    private long ageFrames;
    private long missedFrames;
    private int hitsUntilConfirmed;
    private TrackState reportedState = TrackState.TENTATIVE;
    private boolean lossReported;

    TrackedBox(long id, M motion, Observation first, int hitsUntilConfirmed) {
        this.id = id;
        this.motion = motion;
        this.box = motion.box();
        vote(first);
        this.hitsUntilConfirmed = hitsUntilConfirmed - 1;
        this.look = first.embedding();
        this.score = first.detection().score();
    }

    void predict(CameraMotion cameraMotion, long frames) {
        move(cameraMotion, frames);
        missedFrames += frames;
    }

    /// Moves on to a frame in which nobody looked for it: it stays as detected or as missed as it was.
    void coast(CameraMotion cameraMotion, long frames) {
        move(cameraMotion, frames);
        missedFrames += missedFrames > 0 ? frames : 0;
    }

    private void move(CameraMotion cameraMotion, long frames) {
        motion.applyCameraMotion(cameraMotion);
        if (missedFrames > 0) {
            motion.keepSize();
        }
        motion.predict(frames);
        box = motion.box();
        ageFrames += frames;
    }

    void update(Observation observation) {
        motion.correct(observation.box());
        box = motion.box();
        vote(observation);
        remember(observation.embedding());
        score = observation.detection().score();
        missedFrames = 0;
        hitsUntilConfirmed--;
        lossReported = false;
    }

    private void vote(Observation observation) {
        labels.add(observation.detection().label(), observation.detection().score());
    }

    private void remember(@Nullable Embedding seen) {
        if (seen != null) {
            look = look == null ? seen : look.mixedWith(seen, LOOK_MOMENTUM);
        }
    }

    long id() {
        return id;
    }

    M motion() {
        return motion;
    }

    /// As of the last [#report]; tentative before the first.
    TrackState reportedState() {
        return reportedState;
    }

    Box box() {
        return box;
    }

    /// What it looked like lately; empty where nobody looked.
    Optional<Embedding> look() {
        return Optional.ofNullable(look);
    }

    String label() {
        return labels.winner().orElseThrow();
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
        return new BoxTrack(id, box, label(), score, state, ageFrames);
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
}
