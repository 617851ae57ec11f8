package dev.aerie.ptz.aim;

import dev.aerie.messages.Box;
import dev.aerie.ptz.camera.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps account of who belongs to the group. Used by one thread.
final class GroupChooser {

    private final GroupConfig config;
    private final Priorities priorities;
    private final Map<Long, Member> members = new HashMap<>();
    private final Map<Long, Long> changingSince = new HashMap<>();

    /// As last detected; width and height in tangents of their angles, so that they hold at any zoom.
    private record Member(Direction direction, double widthTangent, double heightTangent, long seenAtNanos) {}

    GroupChooser(GroupConfig config, Priorities priorities) {
        this.config = config;
        this.priorities = priorities;
    }

    /// The boxes of all members in this frame, by track id; empty without any.
    Map<Long, Box> choose(AimFrame frame, List<MovingTrack> tracks) {
        long now = frame.captureTimeNanos();
        var present = tracks.stream()
                .filter(track -> track.isDetected() && priorities.weightOf(track) > 0)
                .toList();
        members.values()
                .removeIf(member -> TrackMotions.secondsBetween(member.seenAtNanos, now) > config.keepSeconds());
        admit(present, now);
        for (var track : present) {
            members.computeIfPresent(track.id(), (_, _) -> member(track, frame));
        }
        var boxes = new HashMap<Long, Box>();
        members.forEach((id, member) -> boxOf(member, frame).ifPresent(box -> boxes.put(id, box)));
        for (var track : present) {
            boxes.computeIfPresent(track.id(), (_, _) -> track.track().box());
        }
        return boxes;
    }

    /// Lets tracks in and out, by their distance from the middle of all.
    private void admit(List<MovingTrack> present, long now) {
        if (present.isEmpty()) {
            return;
        }
        boolean isFirst = members.isEmpty();
        var middle = medianDirection(present);
        double spread = Math.max(
                config.minSpreadDegrees(),
                median(present.stream()
                        .map(track -> track.direction().angleTo(middle))
                        .toList()));
        changingSince.keySet().removeIf(id -> present.stream().noneMatch(track -> track.id() == id));
        for (var track : present) {
            double distance = track.direction().angleTo(middle) / spread;
            boolean isMember = members.containsKey(track.id());
            boolean changes = isMember ? distance > config.leaveDistance() : distance < config.joinDistance();
            if (!changes) {
                changingSince.remove(track.id());
            } else if (isFirst || hasChangedLongEnough(track.id(), now)) {
                change(track, isMember);
            }
        }
    }

    private boolean hasChangedLongEnough(long id, long now) {
        long since = changingSince.computeIfAbsent(id, _ -> now);
        return TrackMotions.secondsBetween(since, now) >= config.confirmSeconds();
    }

    private void change(MovingTrack track, boolean isMember) {
        changingSince.remove(track.id());
        if (isMember) {
            members.remove(track.id());
        } else {
            members.put(track.id(), new Member(track.direction(), 0, 0, 0));
        }
    }

    private static Member member(MovingTrack track, AimFrame frame) {
        double zoom = frame.camera().zoom();
        var box = track.track().box();
        return new Member(
                track.direction(),
                box.widthPixels() / frame.widthPixels() * frame.lens().halfWidthTangent(zoom),
                box.heightPixels() / frame.heightPixels() * frame.lens().halfHeightTangent(zoom),
                frame.captureTimeNanos());
    }

    /// Where a member is, or was when it was last detected, in the present frame.
    private static Optional<Box> boxOf(Member member, AimFrame frame) {
        double zoom = frame.camera().zoom();
        double width = member.widthTangent / frame.lens().halfWidthTangent(zoom) * frame.widthPixels();
        double height = member.heightTangent / frame.lens().halfHeightTangent(zoom) * frame.heightPixels();
        return frame.lens()
                .pointOf(member.direction, frame.camera())
                .map(point -> new Box(
                        (point.x() + 1) / 2 * frame.widthPixels() - width / 2,
                        (1 - point.y()) / 2 * frame.heightPixels() - height / 2,
                        width,
                        height));
    }

    private static Direction medianDirection(List<MovingTrack> tracks) {
        return new Direction(
                median(tracks.stream()
                        .map(track -> track.direction().panDegrees())
                        .toList()),
                median(tracks.stream()
                        .map(track -> track.direction().tiltDegrees())
                        .toList()));
    }

    /// Of an even number: the mean of the two in the middle.
    private static double median(List<Double> values) {
        var sorted = new ArrayList<>(values);
        sorted.sort(null);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
