package dev.aerie.vision.tracker;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.messages.TrackState;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.prompt.Candidate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Decides which candidates become tracks: first by the candidate, before a tracker spends time on it, then by the mask
/// that the tracker made of it.
///
/// Prompts of users do not pass the gate: a user may track a part of an object that is tracked already.
final class CandidateGate {

    private final CandidateGateConfig config;

    CandidateGate(CandidateGateConfig config) {
        this.config = config;
    }

    /// Classification of a candidate.
    sealed interface Verdict {

        /// No track matches it.
        record New() implements Verdict {}

        /// It is this object, whose mask fits it.
        record Tracked(Track track) implements Verdict {}

        /// It is this object, which is not visible to its tracker: a prompt recovers it.
        record Recovered(Track track) implements Verdict {}

        /// It is this object, whose mask has drifted: a prompt corrects it.
        record Drifted(Track track) implements Verdict {}

        /// Implausible, or a part of a track.
        record Rejected() implements Verdict {}
    }

    /// Whether a candidate verifies a track: it is the object, a part of it, or contains it.
    boolean matches(Candidate candidate, Track track) {
        return switch (candidate.location()) {
            case Candidate.Location.InBox(Box box) ->
                track.isVisible() && overlaps(track.mask().box(), box);
            case Candidate.Location.InRegion _ -> false;
            case Candidate.Location.AtPoint(Point point) ->
                track.mask().contains((int) point.xPixels(), (int) point.yPixels());
        };
    }

    /// How well a candidate fits a track, 0..1.
    static double similarity(Candidate candidate, Track track) {
        return candidate.location() instanceof Candidate.Location.InBox(Box box)
                ? box.overlapWith(track.mask().box())
                : 1;
    }

    private boolean overlaps(Box box, Box other) {
        double width =
                Math.min(box.rightPixels(), other.rightPixels()) - Math.max(box.leftPixels(), other.leftPixels());
        double height =
                Math.min(box.bottomPixels(), other.bottomPixels()) - Math.max(box.topPixels(), other.topPixels());
        double shared = Math.max(0, width) * Math.max(0, height);
        return shared >= config.minSharedOfSmaller() * Math.min(box.areaPixels(), other.areaPixels())
                && shared >= config.minSharedOfLarger() * Math.max(box.areaPixels(), other.areaPixels());
    }

    /// - `marks`: of the regions among the candidates of this frame
    Verdict classify(Candidate candidate, List<Track> tracks, RegionMarks marks, FrameSize size, FrameTime now) {
        return switch (candidate.location()) {
            case Candidate.Location.InBox(Box box) -> classify(box, candidate, tracks, size, now);
            case Candidate.Location.InRegion _ -> classifyRegion(candidate, tracks, marks, size, now);
            case Candidate.Location.AtPoint(Point point) -> classify(point, tracks, size);
        };
    }

    /// Whether the mask that a candidate's prompt gave may become a track.
    ///
    /// - `others`: masks of other tracks in the same frame
    boolean admits(MaskObservation first, double minScore, List<BinaryMask> others) {
        var mask = first.mask();
        return first.score() >= minScore
                && hasPlausibleSize((double) mask.areaPixels(), mask.box(), mask.size())
                && others.stream().noneMatch(other -> isDuplicate(mask, other));
    }

    /// Whether both masks show one object, or one lies within the other.
    boolean isDuplicate(BinaryMask mask, BinaryMask other) {
        long shared = mask.sharedPixels(other);
        return shared > 0
                && (mask.overlapWith(other) > config.maxMaskOverlap()
                        || shared > config.maxContained() * Math.min(mask.areaPixels(), other.areaPixels()));
    }

    private Verdict classify(Box box, Candidate candidate, List<Track> tracks, FrameSize size, FrameTime now) {
        if (!hasPlausibleSize(box.areaPixels(), box, size)) {
            return new Verdict.Rejected();
        }
        Optional<Track> visible =
                bestOverlapping(tracks.stream().filter(Track::isVisible).toList(), box, now);
        if (visible.isPresent()) {
            Track track = visible.get();
            boolean isDrifted =
                    !track.origin().isUserPrompted() && track.box(now).overlapWith(box) < config.goodBoxOverlap();
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

    private Verdict classifyRegion(
            Candidate candidate, List<Track> tracks, RegionMarks marks, FrameSize size, FrameTime now) {
        var region = RegionMarks.pixels(candidate);
        if (!hasPlausibleSize((double) region.areaPixels(), region.box(), size)) {
            return new Verdict.Rejected();
        }
        var marked = marks.tracks(candidate);
        if (marked.isEmpty()
                && tracks.stream().anyMatch(track -> track.isVisible() && isDuplicate(region, track.mask()))) {
            return new Verdict.Rejected();
        }
        if (marked.isEmpty()) {
            return bestOverlapping(hiddenTracks(tracks, candidate.label()), region.box(), now)
                    .<Verdict>map(Verdict.Recovered::new)
                    .orElseGet(Verdict.New::new);
        }
        Track track = marked.getFirst();
        if (marked.size() > 1 || track.origin().isUserPrompted()) {
            return new Verdict.Tracked(track);
        }
        if (track.needsPrompt(now)) {
            return new Verdict.Recovered(track);
        }
        return track.isMovingElsewhere(config.goodMaskOverlap())
                ? new Verdict.Drifted(track)
                : new Verdict.Tracked(track);
    }

    private Verdict classify(Point point, List<Track> tracks, FrameSize size) {
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

    private Optional<Track> bestOverlapping(List<Track> tracks, Box box, FrameTime now) {
        return tracks.stream()
                .filter(track -> track.box(now).overlapWith(box) >= config.minBoxOverlap())
                .max(Comparator.comparingDouble(track -> track.box(now).overlapWith(box)));
    }

    private boolean hasPlausibleSize(double areaPixels, Box box, FrameSize size) {
        double frame = (double) size.widthPixels() * size.heightPixels();
        return Math.min(box.widthPixels(), box.heightPixels()) >= config.minSidePixels()
                && areaPixels >= config.minAreaFraction() * frame
                && areaPixels <= config.maxAreaFraction() * frame;
    }
}
