package dev.aerie.frames.tracker;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mot.TrackState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The one gate that everything found must pass before it is followed. It is asked twice: with the candidate, before a
/// tracker spends time on it, and with the mask that the tracker made of it.
///
/// What a person asks for does not pass here: a person may follow a part of what is followed already.
final class CandidateGate {

    private static final double SAME_BOX = 0.4;
    /// Overlap of a mask's box with a candidate's from which on the mask is left as it is.
    private static final double GOOD_BOX = 0.7;
    private static final double MIN_SHARE_TO_CONFIRM = 0.5;
    private static final double MIN_OVERLAP_TO_CONFIRM = 0.15;
    private static final double SAME_MASK = 0.3;
    /// Share of the smaller one's pixels from which on one mask lies within the other.
    private static final double WITHIN = 0.7;
    private static final double MIN_SIDE_PIXELS = 6;
    private static final double MIN_AREA_SHARE = 5e-5;
    private static final double MAX_AREA_SHARE = 0.6;

    private CandidateGate() {}

    /// What the gate says of a candidate.
    sealed interface Verdict {

        /// Nothing like it is followed.
        record New() implements Verdict {}

        /// It is this object, seen by its tracker as well.
        record Known(Track track) implements Verdict {}

        /// It is this object, which its tracker does not see: a prompt brings it back.
        record Found(Track track) implements Verdict {}

        /// It is this object, whose mask fits it badly: a prompt mends it.
        record Slid(Track track) implements Verdict {}

        /// Not fit to be followed.
        record Refused() implements Verdict {}
    }

    /// Whether a candidate is this object, or a part of it, or has it as a part.
    static boolean isOf(Candidate candidate, Track track) {
        return switch (candidate.place()) {
            case Candidate.Place.InBox(Box box) ->
                track.isSeen() && isPartOf(track.mask().box(), box);
            case Candidate.Place.AtPoint(Point point) ->
                track.mask().contains((int) point.xPixels(), (int) point.yPixels());
        };
    }

    /// By how much both are one, 0..1.
    static double likeness(Candidate candidate, Track track) {
        return candidate.place() instanceof Candidate.Place.InBox(Box box)
                ? box.overlapWith(track.mask().box())
                : 1;
    }

    private static boolean isPartOf(Box box, Box other) {
        double width =
                Math.min(box.rightPixels(), other.rightPixels()) - Math.max(box.leftPixels(), other.leftPixels());
        double height =
                Math.min(box.bottomPixels(), other.bottomPixels()) - Math.max(box.topPixels(), other.topPixels());
        double shared = Math.max(0, width) * Math.max(0, height);
        return shared >= MIN_SHARE_TO_CONFIRM * Math.min(box.areaPixels(), other.areaPixels())
                && shared >= MIN_OVERLAP_TO_CONFIRM * Math.max(box.areaPixels(), other.areaPixels());
    }

    static Verdict judge(Candidate candidate, List<Track> targets, FrameSize size, FrameTime now) {
        return switch (candidate.place()) {
            case Candidate.Place.InBox(Box box) -> judge(box, candidate, targets, size, now);
            case Candidate.Place.AtPoint(Point point) -> judge(point, targets, size);
        };
    }

    /// Whether a mask that a prompt for something new gave may be followed.
    ///
    /// - `others`: seen in the same frame
    static boolean admits(Observation first, double minScore, List<BinaryMask> others) {
        var mask = first.mask();
        return first.score() >= minScore
                && isFit((double) mask.areaPixels(), mask.box(), mask.size())
                && others.stream().noneMatch(other -> isSame(mask, other));
    }

    /// Whether both are masks of one thing, or one lies within the other.
    static boolean isSame(BinaryMask mask, BinaryMask other) {
        long shared = mask.sharedPixels(other);
        return shared > 0
                && (mask.overlapWith(other) > SAME_MASK
                        || shared > WITHIN * Math.min(mask.areaPixels(), other.areaPixels()));
    }

    private static Verdict judge(Box box, Candidate candidate, List<Track> targets, FrameSize size, FrameTime now) {
        if (!isFit(box.areaPixels(), box, size)) {
            return new Verdict.Refused();
        }
        Optional<Track> seen = closest(targets.stream().filter(Track::isSeen).toList(), box, now);
        if (seen.isPresent()) {
            Track track = seen.get();
            boolean isSlid = !track.origin().isAsked() && track.box(now).overlapWith(box) < GOOD_BOX;
            return isSlid ? new Verdict.Slid(track) : new Verdict.Known(track);
        }
        var mask = BinaryMask.of(size, box);
        if (targets.stream().anyMatch(track -> track.isSeen() && isSame(mask, track.mask()))) {
            return new Verdict.Refused();
        }
        return closest(hidden(targets, candidate.label()), box, now)
                .<Verdict>map(Verdict.Found::new)
                .orElseGet(Verdict.New::new);
    }

    private static Verdict judge(Point point, List<Track> targets, FrameSize size) {
        int x = (int) point.xPixels();
        int y = (int) point.yPixels();
        boolean isInside = x >= 0 && y >= 0 && x < size.widthPixels() && y < size.heightPixels();
        boolean isTaken = targets.stream().anyMatch(track -> track.mask().contains(x, y));
        return isInside && !isTaken ? new Verdict.New() : new Verdict.Refused();
    }

    private static List<Track> hidden(List<Track> targets, String label) {
        return targets.stream()
                .filter(track -> !track.isSeen() && track.state() != TrackState.TENTATIVE)
                .filter(track -> track.origin().label().equals(label))
                .toList();
    }

    private static Optional<Track> closest(List<Track> targets, Box box, FrameTime now) {
        return targets.stream()
                .filter(track -> track.box(now).overlapWith(box) >= SAME_BOX)
                .max(Comparator.comparingDouble(track -> track.box(now).overlapWith(box)));
    }

    private static boolean isFit(double areaPixels, Box box, FrameSize size) {
        double frame = (double) size.widthPixels() * size.heightPixels();
        return Math.min(box.widthPixels(), box.heightPixels()) >= MIN_SIDE_PIXELS
                && areaPixels >= MIN_AREA_SHARE * frame
                && areaPixels <= MAX_AREA_SHARE * frame;
    }
}
