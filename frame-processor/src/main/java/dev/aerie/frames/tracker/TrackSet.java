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
    private final Map<Long, Track> targets = new LinkedHashMap<>();
    private long lastId;

    public TrackSet(TrackLifecycleConfig config, int maxObjects) {
        this.config = config;
        this.maxObjects = maxObjects;
    }

    public int size() {
        return targets.size();
    }

    public boolean isFull() {
        return targets.size() >= maxObjects;
    }

    public boolean knows(long id) {
        return targets.containsKey(id);
    }

    /// An identity that nobody has had; the object begins with [#begin], or never.
    public long newId() {
        return ++lastId;
    }

    /// Takes in what the tracker sees in a new frame; returns the objects that it is to forget.
    public List<Long> observe(VideoFrame frame, List<ObjectMask> seen) {
        var now = FrameTime.of(frame.stamp());
        for (ObjectMask mask : seen) {
            Track track = targets.get(mask.object());
            if (track != null) {
                track.observe(Observation.of(mask, frame), now);
            }
        }
        var gone = new ArrayList<>(targets.values().stream()
                .filter(track -> track.isOver(now))
                .map(Track::id)
                .toList());
        gone.addAll(twins(now));
        gone.forEach(targets::remove);
        return gone;
    }

    /// What found the objects has looked at a frame: those that it does not see where their tracker does are doubted.
    public void check(List<Candidate> found, VideoFrame frame) {
        var now = FrameTime.of(frame.stamp());
        var left = new ArrayList<>(found);
        for (Track track : targets.values()) {
            var confirming = left.stream()
                    .filter(candidate -> CandidateGate.isOf(candidate, track))
                    .max(Comparator.comparingDouble(candidate -> CandidateGate.likeness(candidate, track)));
            confirming.ifPresent(left::remove);
            track.check(confirming, now);
        }
    }

    /// What is to be done about a candidate: it is new, it brings a hidden object back, or nothing.
    public Decision judge(Candidate candidate, VideoFrame frame) {
        var verdict = CandidateGate.judge(
                candidate, List.copyOf(targets.values()), frame.size(), FrameTime.of(frame.stamp()));
        return switch (verdict) {
            case CandidateGate.Verdict.New _ -> isFull() ? new Decision.Nothing() : new Decision.Begin();
            case CandidateGate.Verdict.Found(Track track) -> new Decision.Bring(track.id());
            case CandidateGate.Verdict.Slid(Track track) -> new Decision.Mend(track.id());
            case CandidateGate.Verdict.Known _, CandidateGate.Verdict.Refused _ -> new Decision.Nothing();
        };
    }

    /// What is to be done about a candidate.
    public sealed interface Decision {
        /// Prompt the tracker with a [#newId], then [#admit].
        record Begin() implements Decision {}

        /// Prompt the tracker for this object, then [#correct].
        record Bring(long id) implements Decision {}

        /// It is followed by a mask that fits it badly: prompt the tracker for this object, then [#correct].
        record Mend(long id) implements Decision {}

        record Nothing() implements Decision {}
    }

    /// Follows something found if the mask that its prompt gave passes the gate; else the tracker is to forget it.
    public boolean admit(ObjectMask first, Origin origin, VideoFrame frame) {
        var seen = Observation.of(first, frame);
        var others =
                targets.values().stream().filter(Track::isSeen).map(Track::mask).toList();
        if (isFull() || !CandidateGate.admits(seen, config.minScore(), others)) {
            return false;
        }
        begin(first.object(), seen, origin, FrameTime.of(frame.stamp()));
        return true;
    }

    /// Follows what a person asked for; false, and nothing is followed, where the tracker sees nothing there.
    ///
    /// - `frame`: the frame that the person spoke of
    /// - `now`: the newest frame
    public boolean begin(ObjectMask first, Origin origin, VideoFrame frame, FrameTime now) {
        var seen = Observation.of(first, frame);
        if (isFull() || seen.mask().isEmpty()) {
            return false;
        }
        begin(first.object(), seen, origin, now);
        return true;
    }

    /// Believes what a prompt for a followed object gave.
    public void correct(ObjectMask corrected, VideoFrame frame, FrameTime now) {
        Track track = targets.get(corrected.object());
        if (track != null) {
            track.correct(Observation.of(corrected, frame), now);
        }
    }

    /// Calls an object something else.
    public void rename(long id, String label) {
        Track track = targets.get(id);
        if (track != null) {
            var origin = track.origin();
            track.rename(new Origin(label, origin.prompt(), origin.isAsked()));
        }
    }

    /// Whether it was there.
    public boolean remove(long id) {
        return targets.remove(id) != null;
    }

    /// Gives up what was found, and keeps what people asked for; returns the objects that the tracker is to forget.
    public List<Long> removeFound() {
        var found = targets.values().stream()
                .filter(track -> !track.origin().isAsked())
                .map(Track::id)
                .toList();
        found.forEach(targets::remove);
        return found;
    }

    /// Forgets every object; identities go on from where they were.
    public void clear() {
        targets.clear();
    }

    /// Every object as of a frame, by identity.
    public List<TrackedObjectState> report(FrameTime now) {
        return targets.values().stream()
                .sorted(Comparator.comparingLong(Track::id))
                .map(track -> track.report(now))
                .flatMap(Optional::stream)
                .toList();
    }

    public void save(DataOutput out) throws IOException {
        out.writeLong(lastId);
        out.writeInt(targets.size());
        for (Track track : targets.values()) {
            track.save(out);
        }
    }

    /// Replaces everything by what [#save] wrote; throws [IOException] where that is damaged.
    public void restore(DataInput in, FrameSize size) throws IOException {
        targets.clear();
        lastId = in.readLong();
        int count = in.readInt();
        if (count < 0 || count > MAX_RESTORED) {
            throw new IOException("a saved state has 0 to " + MAX_RESTORED + " objects, was " + count);
        }
        for (int i = 0; i < count; i++) {
            var track = Track.restore(in, config, BinaryMask.empty(size));
            targets.put(track.id(), track);
        }
    }

    private void begin(long id, Observation seen, Origin origin, FrameTime now) {
        targets.put(id, new Track(id, origin, config, seen, now));
        lastId = Math.max(lastId, id);
    }

    /// Of two objects whose masks have become one, the younger: what a person asked for counts as older than what was
    /// found, then what was seen more often.
    private List<Long> twins(FrameTime now) {
        var byAge = targets.values().stream()
                .filter(track -> !track.isOver(now))
                .sorted(Comparator.comparing((Track track) -> !track.origin().isAsked())
                        .thenComparingInt(track -> -track.seenFrames()))
                .toList();
        var gone = new ArrayList<Long>();
        for (int younger = 0; younger < byAge.size(); younger++) {
            Track track = byAge.get(younger);
            boolean isTwin = byAge.subList(0, younger).stream().anyMatch(older -> isTwin(track, older));
            if (track.isTwinTooLong(isTwin)) {
                gone.add(track.id());
            }
        }
        return gone;
    }

    private boolean isTwin(Track track, Track older) {
        return track.isSeen() && older.isSeen() && track.mask().overlapWith(older.mask()) >= config.twinOverlap();
    }
}
