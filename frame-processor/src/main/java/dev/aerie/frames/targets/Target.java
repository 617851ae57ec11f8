package dev.aerie.frames.targets;

import dev.aerie.messages.Box;
import dev.aerie.vision.mask.PictureMask;
import dev.aerie.vision.mot.Track;
import dev.aerie.vision.mot.TrackState;
import dev.aerie.vision.track.FollowedObject;
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
/// tentative ──seen in probationPictures──▸ confirmed ◂──seen again── occluded ──occludedFor──▸ lost ──▸ removed
///     └──────────────missed once──────────────────────────────────────────────────────────────────────────▴
/// ```
///
/// A mask that lies on something else (see [Course#isDrift]) counts as not seen; after `driftPictures` of them the
/// object is lost, for what its tracker remembers is spoilt. An object that was found, and that its tracker sees where
/// its finder sees nothing, look after look, is given up after `doubtedFor`. Where masks are not trusted, one that was
/// found by its motion counts as occluded while motion does not show it, or shows it elsewhere than its mask. One that
/// has left the frame is given up at once, or, if a person asked for it, lost. Used by one thread.
final class Target {

    /// Overlap of a mask's box with the box that its finder sees, below which the mask is not shown.
    private static final double LEAST_MASK_FIT = 0.5;
    /// The same overlap, below which what is known by its motion alone counts as occluded.
    private static final double LEAST_AGREEMENT = 0.4;

    private static final Optional<PictureMask> NO_MASK = Optional.empty();

    private final long id;
    private final TargetRules rules;
    private final Moment begun;
    private Origin origin;
    private Course course;
    private Moment lastSeen;
    private PictureMask mask;
    private double score;
    private TrackState state;
    private int seenPictures = 1;
    private int driftedPictures;
    private int twinPictures;
    private boolean lossTold;
    private @Nullable Moment doubtedSince;
    /// What its finder sees of it in the newest frame.
    private @Nullable Candidate finding;
    private final Map<String, Double> votes = new TreeMap<>();
    private boolean hasLeft;

    /// Begun by a prompt that `first` answers; `first` is seen.
    Target(long id, Origin origin, TargetRules rules, Observation first, Moment now) {
        this.id = id;
        this.origin = origin;
        this.rules = rules;
        this.begun = now;
        this.course = Course.begin(first);
        this.lastSeen = now;
        this.mask = first.mask();
        this.score = first.score();
        this.state = origin.isAsked() ? TrackState.CONFIRMED : TrackState.TENTATIVE;
    }

    private Target(long id, Origin origin, TargetRules rules, Moment begun, Course course, PictureMask nothing) {
        this.id = id;
        this.origin = origin;
        this.rules = rules;
        this.begun = begun;
        this.course = course;
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

    PictureMask mask() {
        return mask;
    }

    double score() {
        return score;
    }

    int seenPictures() {
        return seenPictures;
    }

    /// Its box where it is seen, else where it should be.
    Box box(Moment now) {
        return isSeen() ? mask.box() : course.foretold(now.framesSince(lastSeen));
    }

    /// What found it has looked: what it sees of it, if anything.
    void check(Optional<Candidate> confirming, Moment now) {
        if (confirming.isPresent()) {
            doubtedSince = null;
            finding = confirming.get();
            votes.merge(confirming.get().label(), confirming.get().score(), Double::sum);
        } else if (isSeen() && doubtedSince == null) {
            doubtedSince = now;
        }
    }

    /// What its tracker says of it in a new picture.
    void observe(Observation seen, Moment now) {
        finding = null;
        boolean isThere = !seen.mask().isEmpty() && seen.score() >= rules.leastScore();
        boolean isDrift = isThere && course.isDrift(seen, now.framesSince(lastSeen));
        driftedPictures = isDrift ? driftedPictures + 1 : 0;
        if (isThere && !isDrift) {
            see(seen, now);
        } else {
            miss(PictureMask.empty(seen.mask().size()), now);
        }
    }

    /// What a prompt made of it: believed, however far it lies from where it was.
    void correct(Observation seen, Moment now) {
        if (!seen.mask().isEmpty()) {
            course = Course.begin(seen);
            driftedPictures = 0;
            see(seen, now);
        }
    }

    /// Whether it is to be given up.
    boolean isOver(Moment now) {
        var kept = origin.isAsked() ? rules.askedKeptFor() : rules.foundKeptFor();
        boolean neverBelieved = state == TrackState.TENTATIVE && !isSeen();
        return neverBelieved
                || isDoubtedTooLong(now)
                || (hasLeft && !origin.isAsked())
                || now.nanosSince(lastSeen) > kept.toNanos()
                || driftedPictures >= 2 * rules.driftPictures();
    }

    /// For half of the time after which it is given up; at once where nothing but its motion vouches for it.
    private boolean isDoubted(Moment now) {
        return doubtedSince != null
                && !origin.isAsked()
                && (2 * now.nanosSince(doubtedSince) >= rules.doubtedFor().toNanos() || isKnownByMotionOnly());
    }

    /// What only moves, with a mask that slides, is sure only while both say the same.
    private boolean isContradicted(Box told) {
        return isKnownByMotionOnly() && isSeen() && told.overlapWith(mask.box()) < LEAST_AGREEMENT;
    }

    private boolean isKnownByMotionOnly() {
        return !rules.isMaskTrusted() && origin.prompt().equals(Candidate.MOTION);
    }

    private boolean isDoubtedTooLong(Moment now) {
        return doubtedSince != null
                && !origin.isAsked()
                && now.nanosSince(doubtedSince) > rules.doubtedFor().toNanos();
    }

    /// Counts pictures in which it lay on an older object; whether that is too long.
    boolean isTwinTooLong(boolean isTwinNow) {
        twinPictures = isTwinNow ? twinPictures + 1 : 0;
        return twinPictures >= rules.twinPictures();
    }

    /// What to tell of it; a loss is told once.
    Optional<FollowedObject> report(Moment now) {
        if (lossTold && state == TrackState.LOST) {
            return Optional.empty();
        }
        lossTold = state == TrackState.LOST;
        var box = finding != null && finding.place() instanceof Candidate.Place.InBox(Box found) && isSeen()
                ? found
                : box(now);
        var told =
                state == TrackState.CONFIRMED && (isDoubted(now) || isContradicted(box)) ? TrackState.OCCLUDED : state;
        var track = new Track(id, box, label(), score, told, now.framesSince(begun));
        var shown = isSeen() && box.overlapWith(mask.box()) >= LEAST_MASK_FIT ? Optional.of(mask) : NO_MASK;
        return Optional.of(new FollowedObject(track, shown, Optional.of(origin.prompt())));
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
        out.writeInt(seenPictures);
        out.writeDouble(score);
        course.save(out);
    }

    /// Comes back as hidden: the next picture shows whether it is there.
    static Target restore(DataInput in, TargetRules rules, PictureMask nothing) throws IOException {
        long id = in.readLong();
        var origin = new Origin(in.readUTF(), in.readUTF(), in.readBoolean());
        var begun = new Moment(in.readLong(), in.readLong());
        var lastSeen = new Moment(in.readLong(), in.readLong());
        int seenPictures = in.readInt();
        double score = in.readDouble();
        var target = new Target(id, origin, rules, begun, Course.restore(in), nothing);
        target.lastSeen = lastSeen;
        target.seenPictures = seenPictures;
        target.score = score;
        return target;
    }

    private void see(Observation seen, Moment now) {
        course = course.after(seen, now.framesSince(lastSeen));
        lastSeen = now;
        mask = seen.mask();
        score = seen.score();
        seenPictures++;
        lossTold = false;
        hasLeft = false;
        if (state != TrackState.TENTATIVE || seenPictures >= rules.probationPictures()) {
            state = TrackState.CONFIRMED;
        }
    }

    private void miss(PictureMask nothing, Moment now) {
        mask = nothing;
        doubtedSince = null;
        hasLeft = course.hasLeft(nothing.size(), now.framesSince(lastSeen));
        if (state == TrackState.TENTATIVE) {
            return;
        }
        boolean isLost = hasLeft
                || now.nanosSince(lastSeen) > rules.occludedFor().toNanos()
                || driftedPictures >= rules.driftPictures();
        state = isLost ? TrackState.LOST : TrackState.OCCLUDED;
    }
}
