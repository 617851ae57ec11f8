package dev.aerie.frames.tracker;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.messages.TrackState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The one gate that everything found must pass before it is followed. It is asked twice: with the candidate, before a
/// tracker spends time on it, and with the mask that the tracker made of it.
///
/// What a person asks for does not pass here: a person may follow a part of what is followed already.
final class CandidateGate {

    private static final double MIN_BOX_OVERLAP = 0.4;
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
        record Tracked(Track track) implements Verdict {}

        /// It is this object, which its tracker does not see: a prompt brings it back.
        record Recovered(Track track) implements Verdict {}

        /// It is this object, whose mask fits it badly: a prompt mends it.
        record Drifted(Track track) implements Verdict {}

        /// Not fit to be followed.
        record Rejected() implements Verdict {}
    }

    /// Whether a candidate is this object, or a part of it, or has it as a part.
    static boolean matches(Candidate candidate, Track track) {
        return switch (candidate.location()) {
            case Candidate.Location.InBox(Box box) ->
                track.isVisible() && overlaps(track.mask().box(), box);
            case Candidate.Location.AtPoint(Point point) ->
                track.mask().contains((int) point.xPixels(), (int) point.yPixels());
        };
    }

    /// By how much both are one, 0..1.
    static double similarity(Candidate candidate, Track track) {
        return candidate.location() instanceof Candidate.Location.InBox(Box box)
                ? box.overlapWith(track.mask().box())
                : 1;
    }

    private static boolean overlaps(Box box, Box other) {
        double width =
                Math.min(box.rightPixels(), other.rightPixels()) - Math.max(box.leftPixels(), other.leftPixels());
        double height =
                Math.min(box.bottomPixels(), other.bottomPixels()) - Math.max(box.topPixels(), other.topPixels());
        double shared = Math.max(0, width) * Math.max(0, height);
        return shared >= MIN_SHARE_TO_CONFIRM * Math.min(box.areaPixels(), other.areaPixels())
                && shared >= MIN_OVERLAP_TO_CONFIRM * Math.max(box.areaPixels(), other.areaPixels());
    }

    static Verdict classify(Candidate candidate, List<Track> tracks, FrameSize size, FrameTime now) {
        return switch (candidate.location()) {
            case Candidate.Location.InBox(Box box) -> classify(box, candidate, tracks, size, now);
            case Candidate.Location.AtPoint(Point point) -> classify(point, tracks, size);
        };
    }

    /// Whether a mask that a prompt for something new gave may be followed.
    ///
    /// - `others`: seen in the same frame
    static boolean admits(Observation first, double minScore, List<BinaryMask> others) {
        var mask = first.mask();
        return first.score() >= minScore
                && hasPlausibleSize((double) mask.areaPixels(), mask.box(), mask.size())
                && others.stream().noneMatch(other -> isDuplicate(mask, other));
    }

    /// Whether both are masks of one thing, or one lies within the other.
    static boolean isDuplicate(BinaryMask mask, BinaryMask other) {
        long shared = mask.sharedPixels(other);
        return shared > 0
                && (mask.overlapWith(other) > SAME_MASK
                        || shared > WITHIN * Math.min(mask.areaPixels(), other.areaPixels()));
    }

    private static Verdict classify(Box box, Candidate candidate, List<Track> tracks, FrameSize size, FrameTime now) {
        if (!hasPlausibleSize(box.areaPixels(), box, size)) {
            return new Verdict.Rejected();
        }
        Optional<Track> visible =
                bestOverlapping(tracks.stream().filter(Track::isVisible).toList(), box, now);
        if (visible.isPresent()) {
            Track track = visible.get();
            boolean isDrifted =
                    !track.origin().isUserPrompted() && track.box(now).overlapWith(box) < GOOD_BOX;
            return isDrifted ? new Verdict.Drifted(track) : new Verdict.Tracked(track);
        }
        var mask = BinaryMask.of(size, box);
        if (tracks.stream().anyMatch(track -> track.isVisible() && isDuplicate(mask, track.mask()))) {
            return new Verdict.Rejected();
        }
        return bestOverlapping(hiddenTracks(tracks, candidate.label()), box, now)
                .<Verdict>map(Verdict.Recovered::new)
                .orElseGet(Verdict.New::new);
    }

    private static Verdict classify(Point point, List<Track> tracks, FrameSize size) {
        int x = (int) point.xPixels();
        int y = (int) point.yPixels();
        boolean isInside = x >= 0 && y >= 0 && x < size.widthPixels() && y < size.heightPixels();
        boolean isTaken = tracks.stream().anyMatch(track -> track.mask().contains(x, y));
        return isInside && !isTaken ? new Verdict.New() : new Verdict.Rejected();
    }

    private static List<Track> hiddenTracks(List<Track> tracks, String label) {
        return tracks.stream()
                .filter(track -> !track.isVisible() && track.state() != TrackState.TENTATIVE)
                .filter(track -> track.origin().label().equals(label))
                .toList();
    }

    private static Optional<Track> bestOverlapping(List<Track> tracks, Box box, FrameTime now) {
        return tracks.stream()
                .filter(track -> track.box(now).overlapWith(box) >= MIN_BOX_OVERLAP)
                .max(Comparator.comparingDouble(track -> track.box(now).overlapWith(box)));
    }

    private static boolean hasPlausibleSize(double areaPixels, Box box, FrameSize size) {
        double frame = (double) size.widthPixels() * size.heightPixels();
        return Math.min(box.widthPixels(), box.heightPixels()) >= MIN_SIDE_PIXELS
                && areaPixels >= MIN_AREA_SHARE * frame
                && areaPixels <= MAX_AREA_SHARE * frame;
    }
}
