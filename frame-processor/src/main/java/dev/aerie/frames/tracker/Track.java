package dev.aerie.frames.tracker;

import dev.aerie.messages.Box;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mot.BoxTrack;
import dev.aerie.messages.TrackState;
import dev.aerie.vision.track.TrackedObjectState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One object that is followed:
///
/// ```
/// tentative ──seen in probationFrames──▸ confirmed ◂──seen again── occluded ──occludedFor──▸ lost ──▸ removed
///     └──────────────missed once──────────────────────────────────────────────────────────────────────────▴
/// ```
///
/// A mask that lies on something else (see [MotionHistory#isDrift]) counts as not seen; after `driftFrames` of them the
/// object is lost, for what its tracker remembers is spoilt. An object that was found, and that its tracker sees where
/// its finder sees nothing, look after look, is given up after `doubtedFor`. Where masks are not trusted, one that was
/// found by its motion counts as occluded while motion does not show it, or shows it elsewhere than its mask. One that
/// has left the frame is given up at once, or, if a person asked for it, lost. Used by one thread.
final class Track {

    /// Overlap of a mask's box with the box that its finder sees, below which the mask is not shown.
    private static final double MIN_MASK_OVERLAP = 0.5;
    /// The same overlap, below which what is known by its motion alone counts as occluded.
    private static final double MIN_AGREEMENT = 0.4;

    private static final Optional<BinaryMask> NO_MASK = Optional.empty();

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
    /// What its finder sees of it in the newest frame.
    private @Nullable Candidate matched;
    private final Map<String, Double> labelVotes = new TreeMap<>();
    private boolean hasLeft;

    /// Begun by a prompt that `first` answers; `first` is seen.
    Track(long id, TrackOrigin origin, TrackLifecycleConfig config, Observation first, FrameTime now) {
        this.id = id;
        this.origin = origin;
        this.config = config;
        this.startedAt = now;
        this.motionHistory = MotionHistory.start(first);
        this.lastSeen = now;
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

    /// Its box where it is seen, else where it should be.
    Box box(FrameTime now) {
        return isVisible() ? mask.box() : motionHistory.predicted(now.framesSince(lastSeen));
    }

    /// What found it has looked: what it sees of it, if anything.
    void verify(Optional<Candidate> matching, FrameTime now) {
        if (matching.isPresent()) {
            unverifiedSince = null;
            matched = matching.get();
            labelVotes.merge(matching.get().label(), matching.get().score(), Double::sum);
        } else if (isVisible() && unverifiedSince == null) {
            unverifiedSince = now;
        }
    }

    /// What its tracker says of it in a new frame.
    void update(Observation seen, FrameTime now) {
        matched = null;
        boolean isVisibleNow = !seen.mask().isEmpty() && seen.score() >= config.minMaskScore();
        boolean isDrift = isVisibleNow && motionHistory.isDrift(seen, now.framesSince(lastSeen));
        driftedFrames = isDrift ? driftedFrames + 1 : 0;
        if (isVisibleNow && !isDrift) {
            recordHit(seen, now);
        } else {
            recordMiss(BinaryMask.empty(seen.mask().size()), now);
        }
    }

    /// What a prompt made of it: believed, however far it lies from where it was.
    void correct(Observation seen, FrameTime now) {
        if (!seen.mask().isEmpty()) {
            motionHistory = MotionHistory.start(seen);
            driftedFrames = 0;
            recordHit(seen, now);
        }
    }

    /// Whether it is to be given up.
    boolean isExpired(FrameTime now) {
        var timeout = origin.isUserPrompted() ? config.userTrackRemovedAfter() : config.removedAfter();
        boolean neverConfirmed = state == TrackState.TENTATIVE && !isVisible();
        return neverConfirmed
                || isUnverifiedTooLong(now)
                || (hasLeft && !origin.isUserPrompted())
                || now.nanosSince(lastSeen) > timeout.toNanos()
                || driftedFrames >= 2 * config.lostAfterDriftFrames();
    }

    /// For half of the time after which it is given up; at once where nothing but its motion vouches for it.
    private boolean isUnverified(FrameTime now) {
        return unverifiedSince != null
                && !origin.isUserPrompted()
                && (2 * now.nanosSince(unverifiedSince)
                                >= config.unverifiedRemovedAfter().toNanos()
                        || isMotionOnly());
    }

    /// What only moves, with a mask that slides, is sure only while both say the same.
    private boolean isContradicted(Box reported) {
        return isMotionOnly() && isVisible() && reported.overlapWith(mask.box()) < MIN_AGREEMENT;
    }

    private boolean isMotionOnly() {
        return !config.isMaskTrusted() && origin.prompt().equals(Candidate.MOTION);
    }

    private boolean isUnverifiedTooLong(FrameTime now) {
        return unverifiedSince != null
                && !origin.isUserPrompted()
                && now.nanosSince(unverifiedSince)
                        > config.unverifiedRemovedAfter().toNanos();
    }

    /// Counts frames in which it lay on an older object; whether that is too long.
    boolean isDuplicateTooLong(boolean isDuplicateNow) {
        duplicateFrames = isDuplicateNow ? duplicateFrames + 1 : 0;
        return duplicateFrames >= config.duplicateFrames();
    }

    /// What to tell of it; a loss is told once.
    Optional<TrackedObjectState> report(FrameTime now) {
        if (lossReported && state == TrackState.LOST) {
            return Optional.empty();
        }
        lossReported = state == TrackState.LOST;
        var box = matched != null && matched.location() instanceof Candidate.Location.InBox(Box found) && isVisible()
                ? found
                : box(now);
        var reported = state == TrackState.CONFIRMED && (isUnverified(now) || isContradicted(box))
                ? TrackState.OCCLUDED
                : state;
        var track = new BoxTrack(id, box, label(), score, reported, now.framesSince(startedAt));
        var reportedMask = isVisible() && box.overlapWith(mask.box()) >= MIN_MASK_OVERLAP ? Optional.of(mask) : NO_MASK;
        return Optional.of(new TrackedObjectState(track, reportedMask, Optional.of(origin.prompt())));
    }

    /// What a person calls it, else what its finder has called it most surely.
    private String label() {
        return origin.isUserPrompted()
                ? origin.label()
                : labelVotes.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .orElseGet(origin::label);
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

    /// Comes back as hidden: the next frame shows whether it is there.
    static Track restore(DataInput in, TrackLifecycleConfig config, BinaryMask emptyMask) throws IOException {
        long id = in.readLong();
        var origin = new TrackOrigin(in.readUTF(), in.readUTF(), in.readBoolean());
        var startedAt = new FrameTime(in.readLong(), in.readLong());
        var lastSeen = new FrameTime(in.readLong(), in.readLong());
        int seenFrames = in.readInt();
        double score = in.readDouble();
        var track = new Track(id, origin, config, startedAt, MotionHistory.restore(in), emptyMask);
        track.lastSeen = lastSeen;
        track.hitFrames = seenFrames;
        track.score = score;
        return track;
    }

    private void recordHit(Observation seen, FrameTime now) {
        motionHistory = motionHistory.updated(seen, now.framesSince(lastSeen));
        lastSeen = now;
        mask = seen.mask();
        score = seen.score();
        hitFrames++;
        lossReported = false;
        hasLeft = false;
        if (state != TrackState.TENTATIVE || hitFrames >= config.probationFrames()) {
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
