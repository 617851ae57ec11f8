package dev.aerie.ptz.aim;

import dev.aerie.ptz.camera.Direction;
import dev.aerie.ptz.camera.PtzPosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Follows the directions of all tracks from frame to frame and estimates their angular velocities, as exponential
/// averages, so that a flickering box has no speed.
final class TrackMotions {

    /// A track that was away for longer begins anew.
    private static final double MAX_GAP_SECONDS = 2;

    private final double averagingSeconds;
    private final Map<Long, Past> pasts = new HashMap<>();

    private record Past(
            long firstSeenNanos,
            long seenAtNanos,
            Direction direction,
            AngularVelocity velocity,
            double knownSeconds) {}

    TrackMotions(double averagingSeconds) {
        this.averagingSeconds = averagingSeconds;
    }

    List<MovingTrack> update(AimFrame frame) {
        pasts.values().removeIf(past -> secondsBetween(past.seenAtNanos, frame.captureTimeNanos()) > MAX_GAP_SECONDS);
        return frame.tracks().stream().map(track -> moving(frame, track)).toList();
    }

    private MovingTrack moving(AimFrame frame, AimTrack track) {
        var direction = frame.directionOf(frame.centreOf(track.box()));
        var past = continued(pasts.get(track.id()), frame.captureTimeNanos(), direction);
        pasts.put(track.id(), past);
        var foot = frame.footOf(track.box());
        return new MovingTrack(
                track,
                past.direction,
                foot,
                frame.directionOf(foot),
                heightDegrees(frame, track),
                frame.heightShareOf(track.box()),
                past.velocity,
                secondsBetween(past.firstSeenNanos, frame.captureTimeNanos()));
    }

    private Past continued(@Nullable Past past, long nowNanos, Direction direction) {
        if (past == null) {
            return new Past(nowNanos, nowNanos, direction, AngularVelocity.ZERO, 0);
        }
        double seconds = secondsBetween(past.seenAtNanos, nowNanos);
        if (seconds <= 0) {
            return past;
        }
        double pan = direction.panDegrees() - past.direction.panDegrees();
        double wrapped = pan - 360 * Math.rint(pan / 360);
        var measured = new AngularVelocity(
                wrapped / seconds, (direction.tiltDegrees() - past.direction.tiltDegrees()) / seconds);
        // A young average is the mean of what there is: it does not begin at rest.
        double known = past.knownSeconds + seconds;
        double share = Math.max(1 - Math.exp(-seconds / averagingSeconds), seconds / known);
        return new Past(past.firstSeenNanos, nowNanos, direction, past.velocity.towards(measured, share), known);
    }

    private static double heightDegrees(AimFrame frame, AimTrack track) {
        double halfTangent = frame.heightShareOf(track.box()) * halfFrameTangent(frame);
        return Math.toDegrees(2 * Math.atan(halfTangent));
    }

    private static double halfFrameTangent(AimFrame frame) {
        PtzPosition camera = frame.camera();
        return frame.lens().halfHeightTangent(camera.zoom());
    }

    static double secondsBetween(long fromNanos, long toNanos) {
        return (toNanos - fromNanos) / 1e9;
    }
}
