package dev.aerie.frames.tracker;

import dev.aerie.messages.Box;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mot.BoxTrack;
import dev.aerie.vision.mot.TrackState;
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
    private static final double MIN_MASK_FIT = 0.5;
    /// The same overlap, below which what is known by its motion alone counts as occluded.
    private static final double MIN_AGREEMENT = 0.4;

    private static final Optional<BinaryMask> NO_MASK = Optional.empty();

    private final long id;
    private final TrackLifecycleConfig config;
    private final FrameTime begun;
    private Origin origin;
    private MotionHistory motionHistory;
    private FrameTime lastSeen;
    private BinaryMask mask;
    private double score;
    private TrackState state;
    private int seenFrames = 1;
    private int driftedFrames;
    private int twinFrames;
    private boolean lossTold;
    private @Nullable FrameTime doubtedSince;
    /// What its finder sees of it in the newest frame.
    private @Nullable Candidate finding;
    private final Map<String, Double> votes = new TreeMap<>();
    private boolean hasLeft;

    /// Begun by a prompt that `first` answers; `first` is seen.
    Track(long id, Origin origin, TrackLifecycleConfig config, Observation first, FrameTime now) {
        this.id = id;
        this.origin = origin;
        this.config = config;
        this.begun = now;
        this.motionHistory = MotionHistory.begin(first);
        this.lastSeen = now;
        this.mask = first.mask();
        this.score = first.score();
        this.state = origin.isAsked() ? TrackState.CONFIRMED : TrackState.TENTATIVE;
    }

    private Track(
            long id,
            Origin origin,
            TrackLifecycleConfig config,
            FrameTime begun,
            MotionHistory motionHistory,
            BinaryMask nothing) {
        this.id = id;
        this.origin = origin;
        this.config = config;
        this.begun = begun;
        this.motionHistory = motionHistory;
        this.lastSeen = begun;
        this.mask = nothing;
        this.state = TrackState.OCCLUDED;
    }

    long id() {
        return id;
    }

    Origin origin() {
        return origin;
    }

    void rename(Origin better) {
        origin = better;
    }

    TrackState state() {
        return state;
    }

    boolean isSeen() {
        return !mask.isEmpty();
    }

    BinaryMask mask() {
        return mask;
    }

    double score() {
        return score;
    }

    int seenFrames() {
        return seenFrames;
    }

    /// Its box where it is seen, else where it should be.
    Box box(FrameTime now) {
        return isSeen() ? mask.box() : motionHistory.predicted(now.framesSince(lastSeen));
    }

    /// What found it has looked: what it sees of it, if anything.
    void check(Optional<Candidate> confirming, FrameTime now) {
        if (confirming.isPresent()) {
            doubtedSince = null;
            finding = confirming.get();
            votes.merge(confirming.get().label(), confirming.get().score(), Double::sum);
        } else if (isSeen() && doubtedSince == null) {
            doubtedSince = now;
        }
    }

    /// What its tracker says of it in a new frame.
    void observe(Observation seen, FrameTime now) {
        finding = null;
        boolean isThere = !seen.mask().isEmpty() && seen.score() >= config.minScore();
        boolean isDrift = isThere && motionHistory.isDrift(seen, now.framesSince(lastSeen));
        driftedFrames = isDrift ? driftedFrames + 1 : 0;
        if (isThere && !isDrift) {
            see(seen, now);
        } else {
            miss(BinaryMask.empty(seen.mask().size()), now);
        }
    }

    /// What a prompt made of it: believed, however far it lies from where it was.
    void correct(Observation seen, FrameTime now) {
        if (!seen.mask().isEmpty()) {
            motionHistory = MotionHistory.begin(seen);
            driftedFrames = 0;
            see(seen, now);
        }
    }

    /// Whether it is to be given up.
    boolean isOver(FrameTime now) {
        var kept = origin.isAsked() ? config.askedKeptFor() : config.foundKeptFor();
        boolean neverBelieved = state == TrackState.TENTATIVE && !isSeen();
        return neverBelieved
                || isDoubtedTooLong(now)
                || (hasLeft && !origin.isAsked())
                || now.nanosSince(lastSeen) > kept.toNanos()
                || driftedFrames >= 2 * config.driftFrames();
    }

    /// For half of the time after which it is given up; at once where nothing but its motion vouches for it.
    private boolean isDoubted(FrameTime now) {
        return doubtedSince != null
                && !origin.isAsked()
                && (2 * now.nanosSince(doubtedSince) >= config.doubtedFor().toNanos() || isKnownByMotionOnly());
    }

    /// What only moves, with a mask that slides, is sure only while both say the same.
    private boolean isContradicted(Box told) {
        return isKnownByMotionOnly() && isSeen() && told.overlapWith(mask.box()) < MIN_AGREEMENT;
    }

    private boolean isKnownByMotionOnly() {
        return !config.isMaskTrusted() && origin.prompt().equals(Candidate.MOTION);
    }

    private boolean isDoubtedTooLong(FrameTime now) {
        return doubtedSince != null
                && !origin.isAsked()
                && now.nanosSince(doubtedSince) > config.doubtedFor().toNanos();
    }

    /// Counts frames in which it lay on an older object; whether that is too long.
    boolean isTwinTooLong(boolean isTwinNow) {
        twinFrames = isTwinNow ? twinFrames + 1 : 0;
        return twinFrames >= config.twinFrames();
    }

    /// What to tell of it; a loss is told once.
    Optional<TrackedObjectState> report(FrameTime now) {
        if (lossTold && state == TrackState.LOST) {
            return Optional.empty();
        }
        lossTold = state == TrackState.LOST;
        var box = finding != null && finding.place() instanceof Candidate.Place.InBox(Box found) && isSeen()
                ? found
                : box(now);
        var told =
                state == TrackState.CONFIRMED && (isDoubted(now) || isContradicted(box)) ? TrackState.OCCLUDED : state;
        var track = new BoxTrack(id, box, label(), score, told, now.framesSince(begun));
        var shown = isSeen() && box.overlapWith(mask.box()) >= MIN_MASK_FIT ? Optional.of(mask) : NO_MASK;
        return Optional.of(new TrackedObjectState(track, shown, Optional.of(origin.prompt())));
    }

    /// What a person calls it, else what its finder has called it most surely.
    private String label() {
        return origin.isAsked()
                ? origin.label()
                : votes.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .orElseGet(origin::label);
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(id);
        out.writeUTF(origin.label());
        out.writeUTF(origin.prompt());
        out.writeBoolean(origin.isAsked());
        out.writeLong(begun.frameNumber());
        out.writeLong(begun.captureTimeNanos());
        out.writeLong(lastSeen.frameNumber());
        out.writeLong(lastSeen.captureTimeNanos());
        out.writeInt(seenFrames);
        out.writeDouble(score);
        motionHistory.save(out);
    }

    /// Comes back as hidden: the next frame shows whether it is there.
    static Track restore(DataInput in, TrackLifecycleConfig config, BinaryMask nothing) throws IOException {
        long id = in.readLong();
        var origin = new Origin(in.readUTF(), in.readUTF(), in.readBoolean());
        var begun = new FrameTime(in.readLong(), in.readLong());
        var lastSeen = new FrameTime(in.readLong(), in.readLong());
        int seenFrames = in.readInt();
        double score = in.readDouble();
        var track = new Track(id, origin, config, begun, MotionHistory.restore(in), nothing);
        track.lastSeen = lastSeen;
        track.seenFrames = seenFrames;
        track.score = score;
        return track;
    }

    private void see(Observation seen, FrameTime now) {
        motionHistory = motionHistory.after(seen, now.framesSince(lastSeen));
        lastSeen = now;
        mask = seen.mask();
        score = seen.score();
        seenFrames++;
        lossTold = false;
        hasLeft = false;
        if (state != TrackState.TENTATIVE || seenFrames >= config.probationFrames()) {
            state = TrackState.CONFIRMED;
        }
    }

    private void miss(BinaryMask nothing, FrameTime now) {
        mask = nothing;
        doubtedSince = null;
        hasLeft = motionHistory.hasLeft(nothing.size(), now.framesSince(lastSeen));
        if (state == TrackState.TENTATIVE) {
            return;
        }
        boolean isLost = hasLeft
                || now.nanosSince(lastSeen) > config.occludedFor().toNanos()
                || driftedFrames >= config.driftFrames();
        state = isLost ? TrackState.LOST : TrackState.OCCLUDED;
    }
}
