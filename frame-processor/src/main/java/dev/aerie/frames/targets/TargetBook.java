package dev.aerie.frames.targets;

import dev.aerie.video.PictureSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.PictureMask;
import dev.aerie.vision.track.FollowedObject;
import dev.aerie.vision.track.ObjectMask;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps the objects of one session of one stream and decides about them, a picture at a time.
///
/// Identities go from 1 and are never given twice. Holds `maxObjects` at most; the objects' pixels are
/// their tracker's. Used by one thread.
public final class TargetBook {

    private static final int MOST_RESTORED = 10_000;

    private final TargetRules rules;
    private final int maxObjects;
    private final Map<Long, Target> targets = new LinkedHashMap<>();
    private long lastId;

    public TargetBook(TargetRules rules, int maxObjects) {
        this.rules = rules;
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

    /// Takes in what the tracker sees in a new picture; returns the objects that it is to forget.
    public List<Long> observe(VideoFrame frame, List<ObjectMask> seen) {
        var now = Moment.of(frame.stamp());
        for (ObjectMask mask : seen) {
            Target target = targets.get(mask.object());
            if (target != null) {
                target.observe(Observation.of(mask, frame), now);
            }
        }
        var gone = new ArrayList<>(targets.values().stream()
                .filter(target -> target.isOver(now))
                .map(Target::id)
                .toList());
        gone.addAll(twins(now));
        gone.forEach(targets::remove);
        return gone;
    }

    /// What found the objects has looked at a frame: those that it does not see where their tracker does are doubted.
    public void check(List<Candidate> found, VideoFrame frame) {
        var now = Moment.of(frame.stamp());
        var left = new ArrayList<>(found);
        for (Target target : targets.values()) {
            var confirming = left.stream()
                    .filter(candidate -> TargetGate.isOf(candidate, target))
                    .max(Comparator.comparingDouble(candidate -> TargetGate.likeness(candidate, target)));
            confirming.ifPresent(left::remove);
            target.check(confirming, now);
        }
    }

    /// What is to be done about a candidate: it is new, it brings a hidden object back, or nothing.
    public Decision judge(Candidate candidate, VideoFrame frame) {
        var verdict =
                TargetGate.judge(candidate, List.copyOf(targets.values()), frame.size(), Moment.of(frame.stamp()));
        return switch (verdict) {
            case TargetGate.Verdict.New _ -> isFull() ? new Decision.Nothing() : new Decision.Begin();
            case TargetGate.Verdict.Found(Target target) -> new Decision.Bring(target.id());
            case TargetGate.Verdict.Slid(Target target) -> new Decision.Mend(target.id());
            case TargetGate.Verdict.Known _, TargetGate.Verdict.Refused _ -> new Decision.Nothing();
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
        var others = targets.values().stream()
                .filter(Target::isSeen)
                .map(Target::mask)
                .toList();
        if (isFull() || !TargetGate.admits(seen, rules.leastScore(), others)) {
            return false;
        }
        begin(first.object(), seen, origin, Moment.of(frame.stamp()));
        return true;
    }

    /// Follows what a person asked for; false, and nothing is followed, where the tracker sees nothing there.
    ///
    /// - `frame`: the picture that the person spoke of
    /// - `now`: the newest picture
    public boolean begin(ObjectMask first, Origin origin, VideoFrame frame, Moment now) {
        var seen = Observation.of(first, frame);
        if (isFull() || seen.mask().isEmpty()) {
            return false;
        }
        begin(first.object(), seen, origin, now);
        return true;
    }

    /// Believes what a prompt for a followed object gave.
    public void correct(ObjectMask corrected, VideoFrame frame, Moment now) {
        Target target = targets.get(corrected.object());
        if (target != null) {
            target.correct(Observation.of(corrected, frame), now);
        }
    }

    /// Calls an object something else.
    public void rename(long id, String label) {
        Target target = targets.get(id);
        if (target != null) {
            var origin = target.origin();
            target.rename(new Origin(label, origin.prompt(), origin.isAsked()));
        }
    }

    /// Whether it was there.
    public boolean remove(long id) {
        return targets.remove(id) != null;
    }

    /// Gives up what was found, and keeps what people asked for; returns the objects that the tracker is to forget.
    public List<Long> removeFound() {
        var found = targets.values().stream()
                .filter(target -> !target.origin().isAsked())
                .map(Target::id)
                .toList();
        found.forEach(targets::remove);
        return found;
    }

    /// Forgets every object; identities go on from where they were.
    public void clear() {
        targets.clear();
    }

    /// Every object as of a picture, by identity.
    public List<FollowedObject> report(Moment now) {
        return targets.values().stream()
                .sorted(Comparator.comparingLong(Target::id))
                .map(target -> target.report(now))
                .flatMap(Optional::stream)
                .toList();
    }

    public void save(DataOutput out) throws IOException {
        out.writeLong(lastId);
        out.writeInt(targets.size());
        for (Target target : targets.values()) {
            target.save(out);
        }
    }

    /// Replaces everything by what [#save] wrote; throws [IOException] where that is damaged.
    public void restore(DataInput in, PictureSize size) throws IOException {
        targets.clear();
        lastId = in.readLong();
        int count = in.readInt();
        if (count < 0 || count > MOST_RESTORED) {
            throw new IOException("a saved state has 0 to " + MOST_RESTORED + " objects, was " + count);
        }
        for (int i = 0; i < count; i++) {
            var target = Target.restore(in, rules, PictureMask.empty(size));
            targets.put(target.id(), target);
        }
    }

    private void begin(long id, Observation seen, Origin origin, Moment now) {
        targets.put(id, new Target(id, origin, rules, seen, now));
        lastId = Math.max(lastId, id);
    }

    /// Of two objects whose masks have become one, the younger: what a person asked for counts as older than what was
    /// found, then what was seen more often.
    private List<Long> twins(Moment now) {
        var byAge = targets.values().stream()
                .filter(target -> !target.isOver(now))
                .sorted(Comparator.comparing((Target target) -> !target.origin().isAsked())
                        .thenComparingInt(target -> -target.seenPictures()))
                .toList();
        var gone = new ArrayList<Long>();
        for (int younger = 0; younger < byAge.size(); younger++) {
            Target target = byAge.get(younger);
            boolean isTwin = byAge.subList(0, younger).stream().anyMatch(older -> isTwin(target, older));
            if (target.isTwinTooLong(isTwin)) {
                gone.add(target.id());
            }
        }
        return gone;
    }

    private boolean isTwin(Target target, Target older) {
        return target.isSeen() && older.isSeen() && target.mask().overlapWith(older.mask()) >= rules.twinOverlap();
    }
}
