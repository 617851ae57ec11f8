package dev.aerie.vision.tracker;

import dev.aerie.messages.Box;
import dev.aerie.messages.TrackState;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mot.TrackLog;
import dev.aerie.vision.prompt.Candidate;
import dev.aerie.vision.track.ObjectMask;
import dev.aerie.vision.track.TrackedObjectState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tracks of one session of one stream, updated frame by frame.
///
/// Identities start at 1 and are never reused. Holds at most `maxObjects` tracks; their pixels belong to the mask
/// tracker. Used by one thread.
public final class TrackSet {

    private static final int MAX_RESTORED = 10_000;

    private final TrackLifecycleConfig config;
    private final CandidateGate gate;
    private final int maxObjects;
    private final Map<Long, Track> tracks = new LinkedHashMap<>();
    private final TrackLog log = new TrackLog();
    private RegionMarks marks = RegionMarks.NONE;
    private long lastId;

    public TrackSet(TrackLifecycleConfig config, int maxObjects) {
        this.config = config;
        this.gate = new CandidateGate(config.gate());
        this.maxObjects = maxObjects;
    }

    public int size() {
        return tracks.size();
    }

    public boolean isFull() {
        return tracks.size() >= maxObjects;
    }

    public boolean contains(long id) {
        return tracks.containsKey(id);
    }

    /// A new identity; its track starts with [#start] or [#startProposed], or never.
    public long newId() {
        return ++lastId;
    }

    /// Updates every track with its mask in a new frame and with the regions that move there; returns the objects that
    /// the tracker is to forget.
    ///
    /// - `found`: candidates in the frame, as far as they are known
    public List<Long> update(VideoFrame frame, List<ObjectMask> masks, List<Candidate> found) {
        var now = FrameTime.of(frame.stamp());
        log.beginFrame(frame.stamp().id());
        Map<Track, TrackState> before = new LinkedHashMap<>();
        tracks.values().forEach(track -> before.put(track, track.state()));
        for (ObjectMask mask : masks) {
            Track track = tracks.get(mask.object());
            if (track != null) {
                track.update(MaskObservation.of(mask, frame), now);
            }
        }
        mark(found, frame);
        before.forEach(this::logChange);
        var ended = new LinkedHashMap<Long, TrackEnd>();
        tracks.values().forEach(track -> track.end(now).ifPresent(cause -> ended.put(track.id(), cause)));
        duplicates(now).forEach(id -> ended.put(id, TrackEnd.DUPLICATE));
        ended.forEach(this::end);
        return List.copyOf(ended.keySet());
    }

    /// The objects whose masks of the newest frame show something else: the tracker is to learn nothing from these.
    public List<Long> drifted() {
        return tracks.values().stream().filter(Track::isDrifted).map(Track::id).toList();
    }

    /// Compares the tracks with the detections of a frame: a track that is visible without a matching detection is
    /// unverified.
    public void verify(List<Candidate> found, VideoFrame frame) {
        var now = FrameTime.of(frame.stamp());
        var unmatched = new ArrayList<>(found);
        for (Track track : tracks.values()) {
            var matching = marks.best(track)
                    .or(() -> unmatched.stream()
                            .filter(candidate -> gate.matches(candidate, track))
                            .max(Comparator.comparingDouble(candidate -> CandidateGate.similarity(candidate, track))));
            matching.ifPresent(unmatched::remove);
            track.verify(matching, now);
        }
    }

    /// By the identities of tracks: the boxes of the detections of the newest frame that match them.
    public Map<Long, Box> matchedBoxes() {
        Map<Long, Box> boxes = new LinkedHashMap<>();
        tracks.values().forEach(track -> track.matchedBox().ifPresent(box -> boxes.put(track.id(), box)));
        return boxes;
    }

    /// Whether detections with class names may name a track.
    public boolean hasNameable() {
        return tracks.values().stream().anyMatch(Track::isNameable);
    }

    /// Names the tracks that were found without a name by the detections that show them: the best pairs first, each
    /// detection and each track once.
    public void name(List<Detection> detections, VideoFrame frame) {
        var now = FrameTime.of(frame.stamp());
        record Pair(Track track, Detection detection, double overlap) {}
        var pairs = tracks.values().stream()
                .filter(Track::isNameable)
                .flatMap(track -> detections.stream()
                        .map(detection ->
                                new Pair(track, detection, detection.box().overlapWith(track.reportedBox(now)))))
                .filter(pair -> pair.overlap() >= config.gate().minNameOverlap())
                .sorted(Comparator.comparingDouble(Pair::overlap).reversed())
                .toList();
        var taken = new HashSet<>();
        for (Pair pair : pairs) {
            if (!taken.contains(pair.track()) && taken.add(pair.detection())) {
                taken.add(pair.track());
                pair.track().name(pair.detection());
            }
        }
    }

    /// Notes what moves of each track.
    private void mark(List<Candidate> found, VideoFrame frame) {
        var now = FrameTime.of(frame.stamp());
        marks = RegionMarks.of(found, tracks.values(), config.gate().minSharedOfSmaller(), now);
        for (Track track : tracks.values()) {
            marks.own(track).ifPresent(pixels -> track.mark(pixels, frame, now));
        }
    }

    /// Whether a candidate starts a track, recovers or corrects one, or is ignored.
    public Decision decide(Candidate candidate, VideoFrame frame) {
        var verdict = gate.classify(
                candidate, List.copyOf(tracks.values()), marks, frame.size(), FrameTime.of(frame.stamp()));
        return switch (verdict) {
            case CandidateGate.Verdict.New _ -> isFull() ? new Decision.Ignore() : new Decision.Start();
            case CandidateGate.Verdict.Recovered(Track track) -> new Decision.Recover(track.id());
            case CandidateGate.Verdict.Drifted(Track track) -> new Decision.Correct(track.id(), track.moving());
            case CandidateGate.Verdict.Tracked _, CandidateGate.Verdict.Rejected _ -> new Decision.Ignore();
        };
    }

    /// The decision about a candidate.
    public sealed interface Decision {
        /// Prompt the tracker with a [#newId], then call [#startProposed].
        record Start() implements Decision {}

        /// The object is not visible: prompt the tracker for it, then call [#correct].
        record Recover(long id) implements Decision {}

        /// The object's mask has drifted: prompt the tracker for it, then call [#correct].
        ///
        /// - `moving`: the object's pixels, where regions that move mark it
        record Correct(long id, Optional<BinaryMask> moving) implements Decision {}

        record Ignore() implements Decision {}
    }

    /// Starts a track for a candidate if the mask that its prompt gave passes the gate; else the tracker is to
    /// forget it.
    public boolean startProposed(ObjectMask first, TrackOrigin origin, VideoFrame frame) {
        var seen = MaskObservation.of(first, frame);
        var others = tracks.values().stream()
                .filter(Track::isVisible)
                .map(Track::mask)
                .toList();
        if (isFull() || !gate.admits(seen, config.minMaskScore(), others)) {
            return false;
        }
        start(first.object(), seen, origin, frame, FrameTime.of(frame.stamp()));
        return true;
    }

    /// Notes the region of the newest frame that a new track was proposed for.
    public void mark(long id, BinaryMask region, VideoFrame frame) {
        Track track = tracks.get(id);
        if (track != null) {
            track.mark(region, frame, FrameTime.of(frame.stamp()));
        }
    }

    /// Starts a track that a user prompted; false where the tracker gave no mask.
    ///
    /// - `frame`: the frame that the prompt refers to
    /// - `now`: the newest frame
    public boolean start(ObjectMask first, TrackOrigin origin, VideoFrame frame, FrameTime now) {
        var seen = MaskObservation.of(first, frame);
        if (isFull() || seen.mask().isEmpty()) {
            return false;
        }
        start(first.object(), seen, origin, frame, now);
        return true;
    }

    /// Takes the mask that a prompt for a known object gave.
    public void correct(ObjectMask corrected, VideoFrame frame, FrameTime now) {
        Track track = tracks.get(corrected.object());
        if (track != null) {
            TrackState before = track.state();
            log.beginFrame(frame.stamp().id());
            track.correct(MaskObservation.of(corrected, frame), now);
            logChange(track, before);
        }
    }

    /// Changes the label of an object.
    public void relabel(long id, String label) {
        Track track = tracks.get(id);
        if (track != null) {
            var origin = track.origin();
            track.setOrigin(new TrackOrigin(label, origin.prompt(), origin.isUserPrompted()));
        }
    }

    /// Ends a track for a user; whether it was there.
    public boolean remove(long id) {
        boolean isKnown = tracks.containsKey(id);
        end(id, TrackEnd.REMOVED);
        return isKnown;
    }

    /// Ends the proposed tracks and keeps those that users prompted; returns the objects that the tracker is to
    /// forget.
    public List<Long> removeProposed() {
        var proposed = tracks.values().stream()
                .filter(track -> !track.origin().isUserPrompted())
                .map(Track::id)
                .toList();
        proposed.forEach(id -> end(id, TrackEnd.STRATEGY_CHANGED));
        return proposed;
    }

    /// Ends every track; identities continue from where they were.
    public void clear() {
        tracks.clear();
    }

    /// Every object as of a frame, by identity.
    public List<TrackedObjectState> report(FrameTime now) {
        return tracks.values().stream()
                .sorted(Comparator.comparingLong(Track::id))
                .map(track -> track.report(now))
                .flatMap(Optional::stream)
                .toList();
    }

    public void save(DataOutput out) throws IOException {
        out.writeLong(lastId);
        out.writeInt(tracks.size());
        for (Track track : tracks.values()) {
            track.save(out);
        }
    }

    /// Replaces everything by what [#save] wrote; throws [IOException] where that is damaged.
    public void restore(DataInput in, FrameSize size) throws IOException {
        tracks.clear();
        lastId = in.readLong();
        int count = in.readInt();
        if (count < 0 || count > MAX_RESTORED) {
            throw new IOException("a saved state has 0 to " + MAX_RESTORED + " objects, was " + count);
        }
        for (int i = 0; i < count; i++) {
            var track = Track.restore(in, config, BinaryMask.empty(size));
            tracks.put(track.id(), track);
        }
    }

    private void start(long id, MaskObservation seen, TrackOrigin origin, VideoFrame frame, FrameTime now) {
        var track = new Track(id, origin, config, seen, now);
        tracks.put(id, track);
        lastId = Math.max(lastId, id);
        log.beginFrame(frame.stamp().id());
        logChange(track, TrackState.TENTATIVE);
    }

    private void end(long id, TrackEnd cause) {
        Track track = tracks.remove(id);
        if (track != null && track.state() != TrackState.TENTATIVE) {
            log.ended(id, cause.toString());
        }
    }

    private void logChange(Track track, TrackState before) {
        log.changed(track.id(), track.label(), before, track.state(), track.lossCause());
    }

    /// Of two tracks with the same mask or, where their detections tell it, the same box, the younger; those that users
    /// prompted count as older than proposed ones,
    /// then those that were visible in more frames.
    private List<Long> duplicates(FrameTime now) {
        var byAge = tracks.values().stream()
                .filter(track -> track.end(now).isEmpty())
                .sorted(Comparator.comparing((Track track) -> !track.origin().isUserPrompted())
                        .thenComparingInt(track -> -track.hitFrames()))
                .toList();
        var removed = new ArrayList<Long>();
        for (int younger = 0; younger < byAge.size(); younger++) {
            Track track = byAge.get(younger);
            boolean isDuplicate = byAge.subList(0, younger).stream().anyMatch(older -> isDuplicate(track, older, now));
            if (track.isDuplicateTooLong(isDuplicate)) {
                removed.add(track.id());
            }
        }
        return removed;
    }

    private boolean isDuplicate(Track track, Track older, FrameTime now) {
        return track.isVisible()
                && older.isVisible()
                && (track.mask().overlapWith(older.mask()) >= config.duplicateOverlap()
                        || track.predictedBox(now)
                                .filter(box -> box.overlapWith(older.reportedBox(now)) >= config.duplicateOverlap())
                                .isPresent());
    }
}
