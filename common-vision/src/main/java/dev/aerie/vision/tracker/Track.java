package dev.aerie.vision.tracker;

import dev.aerie.messages.Box;
import dev.aerie.messages.TrackState;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mot.BoxTrack;
import dev.aerie.vision.mot.LabelVotes;
import dev.aerie.vision.prompt.Candidate;
import dev.aerie.vision.track.TrackedObjectState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One tracked object:
///
/// ```
/// tentative ──probationFrames──▸ confirmed ◂──visible── occluded ──lostAfter──▸ lost ──removedAfter──▸ ended
///     └──────────not visible once───────────────────────────────────────────────────────────────────────▴
/// ```
///
/// A drifted mask (see [MotionHistory#isDrift]) counts as not visible; after `lostAfterDriftFrames` of them the track
/// is lost, because its tracker's memory is spoilt. A proposed track that the detector does not find where its mask is
/// ends after `unverifiedRemovedAfter`, one found by motion after `unverifiedMotionRemovedAfter`. Where masks are not
/// trusted, an object found by motion counts as occluded while motion does not show it, or shows it elsewhere than its
/// mask. A track that has left the frame ends at once or, if a user prompted it, is lost. Used by one thread.
final class Track {

    private static final Optional<BinaryMask> NO_MASK = Optional.empty();
    /// From one prompt for an object that its tracker does not see to the next.
    private static final long PROMPT_INTERVAL_FRAMES = 6;

    private final long id;
    private final TrackLifecycleConfig config;
    private final FrameTime startedAt;
    private TrackOrigin origin;
    private MotionHistory motionHistory;
    private FrameTime lastSeen;
    private BinaryMask mask;
    private double score;
    private TrackState state;
    private int hitFrames = 1;
    private int driftedFrames;
    private int duplicateFrames;
    private boolean lossReported;
    private @Nullable FrameTime unverifiedSince;
    /// The detection of the newest frame that verifies it.
    private @Nullable Candidate matched;
    private final DetectedBoxes detectedBoxes;
    private final MovingHistory moving;
    private boolean isSeenByTracker = true;
    private FrameTime prompted;
    private final LabelVotes labels = new LabelVotes();
    /// Of detections that propose nothing: they count before those that found it without knowing what it is.
    private final LabelVotes names = new LabelVotes();
    private boolean hasLeft;

    /// Starts with the mask that its prompt gave; `first` is visible.
    Track(long id, TrackOrigin origin, TrackLifecycleConfig config, MaskObservation first, FrameTime now) {
        this.id = id;
        this.origin = origin;
        this.config = config;
        this.startedAt = now;
        this.motionHistory = MotionHistory.start(config.motion(), first);
        this.lastSeen = now;
        this.moving = new MovingHistory(now);
        this.detectedBoxes = new DetectedBoxes(config.predictedBoxFrames());
        this.prompted = now;
        this.mask = first.mask();
        this.score = first.score();
        this.state = origin.isUserPrompted() ? TrackState.CONFIRMED : TrackState.TENTATIVE;
    }

    private Track(
            long id,
            TrackOrigin origin,
            TrackLifecycleConfig config,
            FrameTime startedAt,
            MotionHistory motionHistory,
            BinaryMask emptyMask) {
        this.id = id;
        this.origin = origin;
        this.config = config;
        this.startedAt = startedAt;
        this.motionHistory = motionHistory;
        this.lastSeen = startedAt;
        this.moving = new MovingHistory(startedAt);
        this.detectedBoxes = new DetectedBoxes(config.predictedBoxFrames());
        this.prompted = startedAt;
        this.mask = emptyMask;
        this.state = TrackState.OCCLUDED;
    }

    long id() {
        return id;
    }

    TrackOrigin origin() {
        return origin;
    }

    void setOrigin(TrackOrigin changed) {
        origin = changed;
    }

    TrackState state() {
        return state;
    }

    boolean isVisible() {
        return !mask.isEmpty();
    }

    BinaryMask mask() {
        return mask;
    }

    double score() {
        return score;
    }

    int hitFrames() {
        return hitFrames;
    }

    /// The mask's box where it is visible, else the predicted box.
    Box box(FrameTime now) {
        return isVisible() ? mask.box() : motionHistory.predicted(now.framesSince(lastSeen));
    }

    /// What regions that move mark of it in the newest frame, where they mark nothing else.
    Optional<BinaryMask> moving() {
        return moving.now();
    }

    /// What regions marked of it last, at most a few frames ago.
    Optional<BinaryMask> recentMoving(FrameTime now) {
        return moving.recent(now);
    }

    /// Whether what moves of it is not what its mask shows.
    ///
    /// - `minOverlap`: of both
    boolean isMovingElsewhere(double minOverlap) {
        return moving.now()
                .filter(pixels -> pixels.overlapWith(mask) < minOverlap)
                .isPresent();
    }

    /// Whether its tracker does not see it where it moves, and its last prompt was a while ago.
    boolean needsPrompt(FrameTime now) {
        return moving.now().isPresent() && !isSeenByTracker && now.framesSince(prompted) >= PROMPT_INTERVAL_FRAMES;
    }

    /// Notes what moves of it in the newest frame, by regions that mark no other track. Where its tracker does not see
    /// it, this is its mask.
    void mark(BinaryMask pixels, VideoFrame frame, FrameTime now) {
        moving.mark(pixels, now);
        if (!isVisible()) {
            recordHit(MaskObservation.of(pixels, config.minMaskScore(), frame), now);
            isSeenByTracker = false;
        }
        confirm();
    }

    /// Notes the detection that matches it in the newest frame, if any.
    void verify(Optional<Candidate> matching, FrameTime now) {
        if (matching.isPresent()) {
            unverifiedSince = null;
            matched = matching.get();
            matchedBox().ifPresent(box -> detectedBoxes.add(box, now));
            labels.add(matching.get().label(), matching.get().score());
        } else if (isVisible() && unverifiedSince == null) {
            unverifiedSince = now;
        }
    }

    /// Whether a detection may name it: it was found by motion and is there.
    boolean isNameable() {
        return isFoundByMotion() && !origin.isUserPrompted() && isVisible() && state == TrackState.CONFIRMED;
    }

    /// Notes the detection that shows it, and what that calls it.
    void name(Detection detection) {
        names.add(detection.label(), detection.score());
    }

    /// Takes its mask in a new frame.
    void update(MaskObservation seen, FrameTime now) {
        matched = null;
        moving.nextFrame();
        boolean isVisibleNow = !seen.mask().isEmpty() && seen.score() >= config.minMaskScore();
        boolean isDrift = isVisibleNow && motionHistory.isDrift(seen, now.framesSince(lastSeen));
        driftedFrames = isDrift ? driftedFrames + 1 : 0;
        if (isVisibleNow && !isDrift) {
            recordHit(seen, now);
        } else {
            recordMiss(BinaryMask.empty(seen.mask().size()), now);
        }
    }

    /// Whether the mask of the newest frame shows something else.
    boolean isDrifted() {
        return driftedFrames > 0;
    }

    /// Takes the mask that a prompt gave, however far it lies from the predicted box.
    void correct(MaskObservation seen, FrameTime now) {
        if (!seen.mask().isEmpty()) {
            motionHistory = MotionHistory.start(config.motion(), seen);
            driftedFrames = 0;
            prompted = now;
            recordHit(seen, now);
        }
    }

    /// Why the track ends with this frame; empty where it continues.
    Optional<TrackEnd> end(FrameTime now) {
        var timeout = origin.isUserPrompted() ? config.userTrackRemovedAfter() : config.removedAfter();
        if (state == TrackState.TENTATIVE && !isVisible()) {
            return Optional.of(TrackEnd.NOT_CONFIRMED);
        }
        if (isUnverifiedTooLong(now)) {
            return Optional.of(TrackEnd.UNVERIFIED);
        }
        if (hasLeft && !origin.isUserPrompted()) {
            return Optional.of(TrackEnd.LEFT_FRAME);
        }
        if (driftedFrames >= 2 * config.lostAfterDriftFrames()) {
            return Optional.of(TrackEnd.DRIFT);
        }
        return now.nanosSince(lastSeen) > timeout.toNanos() ? Optional.of(TrackEnd.NOT_VISIBLE) : Optional.empty();
    }

    /// Why it is lost, as logs name it.
    String lossCause() {
        return hasLeft ? "left_frame" : driftedFrames >= config.lostAfterDriftFrames() ? "drift" : "not_visible";
    }

    /// Whether no detection has verified it for half of `unverifiedRemovedAfter`; at once where it is known by
    /// motion only.
    private boolean isUnverified(FrameTime now) {
        return unverifiedSince != null
                && !origin.isUserPrompted()
                && (2 * now.nanosSince(unverifiedSince)
                                >= unverifiedRemovedAfter().toNanos()
                        || isMotionOnly());
    }

    private Duration unverifiedRemovedAfter() {
        return isFoundByMotion() ? config.unverifiedMotionRemovedAfter() : config.unverifiedRemovedAfter();
    }

    /// Whether mask and motion of an object that is known by motion only disagree.
    private boolean isContradicted(Box reported) {
        return isMotionOnly() && isVisible() && reported.overlapWith(mask.box()) < config.minMotionAgreement();
    }

    private boolean isMotionOnly() {
        return !config.isMaskTrusted() && isFoundByMotion();
    }

    private boolean isUnverifiedTooLong(FrameTime now) {
        return unverifiedSince != null
                && !origin.isUserPrompted()
                && now.nanosSince(unverifiedSince) > unverifiedRemovedAfter().toNanos();
    }

    /// Counts consecutive frames in which it duplicates an older track; whether they are too many.
    boolean isDuplicateTooLong(boolean isDuplicateNow) {
        duplicateFrames = isDuplicateNow ? duplicateFrames + 1 : 0;
        return duplicateFrames >= config.duplicateFrames();
    }

    /// Its state as reported; a loss is reported once.
    Optional<TrackedObjectState> report(FrameTime now) {
        if (lossReported && state == TrackState.LOST) {
            return Optional.empty();
        }
        lossReported = state == TrackState.LOST;
        var box = reportedBox(now);
        var reported = state == TrackState.CONFIRMED && (isUnverified(now) || isContradicted(box))
                ? TrackState.OCCLUDED
                : state;
        var track = new BoxTrack(id, box, label(), score, reported, now.framesSince(startedAt));
        var trackerMask = isVisible() ? Optional.of(mask) : NO_MASK;
        var reportedMask = motionMask().or(() -> trackerMask);
        return Optional.of(new TrackedObjectState(track, reportedMask, Optional.of(origin.prompt())));
    }

    /// The box of its detection where it has one, else the one that its last detections predict, else as [#box].
    Box reportedBox(FrameTime now) {
        return detectedBox()
                .or(() -> predictedBox(now))
                .filter(_ -> isVisible())
                .orElseGet(() -> box(now));
    }

    /// The box that its last detections give, where masks are not trusted with it.
    Optional<Box> predictedBox(FrameTime now) {
        return isFoundByMotion() || origin.isUserPrompted() ? Optional.empty() : detectedBoxes.predicted(now);
    }

    /// What a motion network marks of an object found by it, in the newest frame: nearer to the truth than the mask
    /// that was carried along.
    private Optional<BinaryMask> motionMask() {
        return moving().filter(_ -> config.isMotionMaskReported() && isFoundByMotion() && isVisible());
    }

    /// Of an object found by motion, the box of what moves: of another one only a part may move.
    private Optional<Box> detectedBox() {
        return isFoundByMotion() && moving.now().isPresent() ? moving.now().map(BinaryMask::box) : matchedBox();
    }

    private boolean isFoundByMotion() {
        return origin.prompt().equals(Candidate.MOTION);
    }

    /// The box of the detection that matches it in the newest frame.
    Optional<Box> matchedBox() {
        return matched != null && matched.location() instanceof Candidate.Location.InBox(Box found)
                ? Optional.of(found)
                : Optional.empty();
    }

    /// The user's label, else the one with the highest sum of detection scores.
    String label() {
        return origin.isUserPrompted()
                ? origin.label()
                : names.winner().or(labels::winner).orElseGet(origin::label);
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(id);
        out.writeUTF(origin.label());
        out.writeUTF(origin.prompt());
        out.writeBoolean(origin.isUserPrompted());
        out.writeLong(startedAt.frameNumber());
        out.writeLong(startedAt.captureTimeNanos());
        out.writeLong(lastSeen.frameNumber());
        out.writeLong(lastSeen.captureTimeNanos());
        out.writeInt(hitFrames);
        out.writeDouble(score);
        motionHistory.save(out);
    }

    /// Restores it as occluded: the next frame shows whether it is visible.
    static Track restore(DataInput in, TrackLifecycleConfig config, BinaryMask emptyMask) throws IOException {
        long id = in.readLong();
        var origin = new TrackOrigin(in.readUTF(), in.readUTF(), in.readBoolean());
        var startedAt = new FrameTime(in.readLong(), in.readLong());
        var lastSeen = new FrameTime(in.readLong(), in.readLong());
        int hitFrames = in.readInt();
        double score = in.readDouble();
        var track = new Track(id, origin, config, startedAt, MotionHistory.restore(config.motion(), in), emptyMask);
        track.lastSeen = lastSeen;
        track.hitFrames = hitFrames;
        track.score = score;
        return track;
    }

    private void recordHit(MaskObservation seen, FrameTime now) {
        motionHistory = motionHistory.updated(seen, now.framesSince(lastSeen));
        lastSeen = now;
        mask = seen.mask();
        score = seen.score();
        hitFrames++;
        lossReported = false;
        hasLeft = false;
        isSeenByTracker = true;
        confirm();
    }

    /// An object that was found by regions that move is confirmed by them alone.
    private void confirm() {
        int counted = moving.frames() > 0 ? moving.frames() : hitFrames;
        if (state != TrackState.TENTATIVE || counted >= config.probationFrames()) {
            state = TrackState.CONFIRMED;
        }
    }

    private void recordMiss(BinaryMask emptyMask, FrameTime now) {
        mask = emptyMask;
        unverifiedSince = null;
        hasLeft = motionHistory.hasLeft(emptyMask.size(), now.framesSince(lastSeen));
        if (state == TrackState.TENTATIVE) {
            return;
        }
        boolean isLost = hasLeft
                || now.nanosSince(lastSeen) > config.lostAfter().toNanos()
                || driftedFrames >= config.lostAfterDriftFrames();
        state = isLost ? TrackState.LOST : TrackState.OCCLUDED;
    }
}
