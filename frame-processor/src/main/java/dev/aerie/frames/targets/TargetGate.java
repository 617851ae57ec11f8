package dev.aerie.frames.targets;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.PictureSize;
import dev.aerie.vision.mask.PictureMask;
import dev.aerie.vision.mot.TrackState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The one gate that everything found must pass before it is followed. It is asked twice: with the candidate, before a
/// tracker spends time on it, and with the mask that the tracker made of it.
///
/// What a person asks for does not pass here: a person may follow a part of what is followed already.
final class TargetGate {

    private static final double SAME_BOX = 0.4;
    /// Overlap of a mask's box with a candidate's from which on the mask is left as it is.
    private static final double GOOD_BOX = 0.7;
    private static final double LEAST_SHARE_TO_CONFIRM = 0.5;
    private static final double LEAST_OVERLAP_TO_CONFIRM = 0.15;
    private static final double SAME_MASK = 0.3;
    /// Share of the smaller one's pixels from which on one mask lies within the other.
    private static final double WITHIN = 0.7;
    private static final double LEAST_SIDE_PIXELS = 6;
    private static final double LEAST_AREA_SHARE = 5e-5;
    private static final double MOST_AREA_SHARE = 0.6;

    private TargetGate() {}

    /// What the gate says of a candidate.
    sealed interface Verdict {

        /// Nothing like it is followed.
        record New() implements Verdict {}

        /// It is this object, seen by its tracker as well.
        record Known(Target target) implements Verdict {}

        /// It is this object, which its tracker does not see: a prompt brings it back.
        record Found(Target target) implements Verdict {}

        /// It is this object, whose mask fits it badly: a prompt mends it.
        record Slid(Target target) implements Verdict {}

        /// Not fit to be followed.
        record Refused() implements Verdict {}
    }

    /// Whether a candidate is this object, or a part of it, or has it as a part.
    static boolean isOf(Candidate candidate, Target target) {
        return switch (candidate.place()) {
            case Candidate.Place.InBox(Box box) ->
                target.isSeen() && isPartOf(target.mask().box(), box);
            case Candidate.Place.AtPoint(Point point) ->
                target.mask().contains((int) point.xPixels(), (int) point.yPixels());
        };
    }

    /// By how much both are one, 0..1.
    static double likeness(Candidate candidate, Target target) {
        return candidate.place() instanceof Candidate.Place.InBox(Box box)
                ? box.overlapWith(target.mask().box())
                : 1;
    }

    private static boolean isPartOf(Box box, Box other) {
        double width =
                Math.min(box.rightPixels(), other.rightPixels()) - Math.max(box.leftPixels(), other.leftPixels());
        double height =
                Math.min(box.bottomPixels(), other.bottomPixels()) - Math.max(box.topPixels(), other.topPixels());
        double shared = Math.max(0, width) * Math.max(0, height);
        return shared >= LEAST_SHARE_TO_CONFIRM * Math.min(box.areaPixels(), other.areaPixels())
                && shared >= LEAST_OVERLAP_TO_CONFIRM * Math.max(box.areaPixels(), other.areaPixels());
    }

    static Verdict judge(Candidate candidate, List<Target> targets, PictureSize size, Moment now) {
        return switch (candidate.place()) {
            case Candidate.Place.InBox(Box box) -> judge(box, candidate, targets, size, now);
            case Candidate.Place.AtPoint(Point point) -> judge(point, targets, size);
        };
    }

    /// Whether a mask that a prompt for something new gave may be followed.
    ///
    /// - `others`: seen in the same picture
    static boolean admits(Observation first, double leastScore, List<PictureMask> others) {
        var mask = first.mask();
        return first.score() >= leastScore
                && isFit((double) mask.areaPixels(), mask.box(), mask.size())
                && others.stream().noneMatch(other -> isSame(mask, other));
    }

    /// Whether both are masks of one thing, or one lies within the other.
    static boolean isSame(PictureMask mask, PictureMask other) {
        long shared = mask.sharedPixels(other);
        return shared > 0
                && (mask.overlapWith(other) > SAME_MASK
                        || shared > WITHIN * Math.min(mask.areaPixels(), other.areaPixels()));
    }

    private static Verdict judge(Box box, Candidate candidate, List<Target> targets, PictureSize size, Moment now) {
        if (!isFit(box.areaPixels(), box, size)) {
            return new Verdict.Refused();
        }
        Optional<Target> seen = closest(targets.stream().filter(Target::isSeen).toList(), box, now);
        if (seen.isPresent()) {
            Target target = seen.get();
            boolean isSlid = !target.origin().isAsked() && target.box(now).overlapWith(box) < GOOD_BOX;
            return isSlid ? new Verdict.Slid(target) : new Verdict.Known(target);
        }
        var mask = PictureMask.of(size, box);
        if (targets.stream().anyMatch(target -> target.isSeen() && isSame(mask, target.mask()))) {
            return new Verdict.Refused();
        }
        return closest(hidden(targets, candidate.label()), box, now)
                .<Verdict>map(Verdict.Found::new)
                .orElseGet(Verdict.New::new);
    }

    private static Verdict judge(Point point, List<Target> targets, PictureSize size) {
        int x = (int) point.xPixels();
        int y = (int) point.yPixels();
        boolean isInside = x >= 0 && y >= 0 && x < size.widthPixels() && y < size.heightPixels();
        boolean isTaken = targets.stream().anyMatch(target -> target.mask().contains(x, y));
        return isInside && !isTaken ? new Verdict.New() : new Verdict.Refused();
    }

    private static List<Target> hidden(List<Target> targets, String label) {
        return targets.stream()
                .filter(target -> !target.isSeen() && target.state() != TrackState.TENTATIVE)
                .filter(target -> target.origin().label().equals(label))
                .toList();
    }

    private static Optional<Target> closest(List<Target> targets, Box box, Moment now) {
        return targets.stream()
                .filter(target -> target.box(now).overlapWith(box) >= SAME_BOX)
                .max(Comparator.comparingDouble(target -> target.box(now).overlapWith(box)));
    }

    private static boolean isFit(double areaPixels, Box box, PictureSize size) {
        double picture = (double) size.widthPixels() * size.heightPixels();
        return Math.min(box.widthPixels(), box.heightPixels()) >= LEAST_SIDE_PIXELS
                && areaPixels >= LEAST_AREA_SHARE * picture
                && areaPixels <= MOST_AREA_SHARE * picture;
    }
}
