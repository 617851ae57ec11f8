package dev.aerie.frames.tracker;

import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.track.ObjectMask;
import dev.aerie.vision.track.TrackedObjectState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps the objects of one session of one stream and decides about them, a frame at a time.
///
/// Identities go from 1 and are never given twice. Holds `maxObjects` at most; the objects' pixels are
/// their tracker's. Used by one thread.
public final class TrackSet {

    private static final int MAX_RESTORED = 10_000;

    private final TrackLifecycleConfig config;
    private final int maxObjects;
    private final Map<Long, Track> tracks = new LinkedHashMap<>();
    private long lastId;

    public TrackSet(TrackLifecycleConfig config, int maxObjects) {
        this.config = config;
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

    /// An identity that nobody has had; the object begins with [#begin], or never.
    public long newId() {
        return ++lastId;
    }

    /// Takes in what the tracker sees in a new frame; returns the objects that it is to forget.
    public List<Long> update(VideoFrame frame, List<ObjectMask> seen) {
        var now = FrameTime.of(frame.stamp());
        for (ObjectMask mask : seen) {
            Track track = tracks.get(mask.object());
            if (track != null) {
                track.update(Observation.of(mask, frame), now);
            }
        }
        var removed = new ArrayList<>(tracks.values().stream()
                .filter(track -> track.isExpired(now))
                .map(Track::id)
                .toList());
        removed.addAll(duplicates(now));
        removed.forEach(tracks::remove);
        return removed;
    }

    /// What found the objects has looked at a frame: those that it does not see where their tracker does are doubted.
    public void verify(List<Candidate> found, VideoFrame frame) {
        var now = FrameTime.of(frame.stamp());
        var unmatched = new ArrayList<>(found);
        for (Track track : tracks.values()) {
            var matching = unmatched.stream()
                    .filter(candidate -> CandidateGate.matches(candidate, track))
                    .max(Comparator.comparingDouble(candidate -> CandidateGate.similarity(candidate, track)));
            matching.ifPresent(unmatched::remove);
            track.verify(matching, now);
        }
    }

    /// What is to be done about a candidate: it is new, it brings a hidden object back, or nothing.
    public Decision decide(Candidate candidate, VideoFrame frame) {
        var verdict = CandidateGate.classify(
                candidate, List.copyOf(tracks.values()), frame.size(), FrameTime.of(frame.stamp()));
        return switch (verdict) {
            case CandidateGate.Verdict.New _ -> isFull() ? new Decision.Ignore() : new Decision.Start();
            case CandidateGate.Verdict.Recovered(Track track) -> new Decision.Recover(track.id());
            case CandidateGate.Verdict.Drifted(Track track) -> new Decision.Correct(track.id());
            case CandidateGate.Verdict.Tracked _, CandidateGate.Verdict.Rejected _ -> new Decision.Ignore();
        };
    }

    /// What is to be done about a candidate.
    public sealed interface Decision {
        /// Prompt the tracker with a [#newId], then [#admit].
        record Start() implements Decision {}

        /// Prompt the tracker for this object, then [#correct].
        record Recover(long id) implements Decision {}

        /// It is followed by a mask that fits it badly: prompt the tracker for this object, then [#correct].
        record Correct(long id) implements Decision {}

        record Ignore() implements Decision {}
    }

    /// Follows something found if the mask that its prompt gave passes the gate; else the tracker is to forget it.
    public boolean startProposed(ObjectMask first, TrackOrigin origin, VideoFrame frame) {
        var seen = Observation.of(first, frame);
        var others = tracks.values().stream()
                .filter(Track::isVisible)
                .map(Track::mask)
                .toList();
        if (isFull() || !CandidateGate.admits(seen, config.minMaskScore(), others)) {
            return false;
        }
        start(first.object(), seen, origin, FrameTime.of(frame.stamp()));
        return true;
    }

    /// Follows what a person asked for; false, and nothing is followed, where the tracker sees nothing there.
    ///
    /// - `frame`: the frame that the person spoke of
    /// - `now`: the newest frame
    public boolean start(ObjectMask first, TrackOrigin origin, VideoFrame frame, FrameTime now) {
        var seen = Observation.of(first, frame);
        if (isFull() || seen.mask().isEmpty()) {
            return false;
        }
        start(first.object(), seen, origin, now);
        return true;
    }

    /// Believes what a prompt for a followed object gave.
    public void correct(ObjectMask corrected, VideoFrame frame, FrameTime now) {
        Track track = tracks.get(corrected.object());
        if (track != null) {
            track.correct(Observation.of(corrected, frame), now);
        }
    }

    /// Calls an object something else.
    public void relabel(long id, String label) {
        Track track = tracks.get(id);
        if (track != null) {
            var origin = track.origin();
            track.setOrigin(new TrackOrigin(label, origin.prompt(), origin.isUserPrompted()));
        }
    }

    /// Whether it was there.
    public boolean remove(long id) {
        return tracks.remove(id) != null;
    }

    /// Gives up what was found, and keeps what people asked for; returns the objects that the tracker is to forget.
    public List<Long> removeProposed() {
        var found = tracks.values().stream()
                .filter(track -> !track.origin().isUserPrompted())
                .map(Track::id)
                .toList();
        found.forEach(tracks::remove);
        return found;
    }

    /// Forgets every object; identities go on from where they were.
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

    private void start(long id, Observation seen, TrackOrigin origin, FrameTime now) {
        tracks.put(id, new Track(id, origin, config, seen, now));
        lastId = Math.max(lastId, id);
    }

    /// Of two objects whose masks have become one, the younger: what a person asked for counts as older than what was
    /// found, then what was seen more often.
    private List<Long> duplicates(FrameTime now) {
        var byAge = tracks.values().stream()
                .filter(track -> !track.isExpired(now))
                .sorted(Comparator.comparing((Track track) -> !track.origin().isUserPrompted())
                        .thenComparingInt(track -> -track.hitFrames()))
                .toList();
        var removed = new ArrayList<Long>();
        for (int younger = 0; younger < byAge.size(); younger++) {
            Track track = byAge.get(younger);
            boolean isDuplicate = byAge.subList(0, younger).stream().anyMatch(older -> isDuplicate(track, older));
            if (track.isDuplicateTooLong(isDuplicate)) {
                removed.add(track.id());
            }
        }
        return removed;
    }

    private boolean isDuplicate(Track track, Track older) {
        return track.isVisible()
                && older.isVisible()
                && track.mask().overlapWith(older.mask()) >= config.duplicateOverlap();
    }
}
