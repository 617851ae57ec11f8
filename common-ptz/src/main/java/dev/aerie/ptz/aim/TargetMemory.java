package dev.aerie.ptz.aim;

import dev.aerie.ptz.camera.Direction;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The target as it was last detected.
///
/// - `followedSinceNanos`: when it was chosen
record TargetMemory(
        long trackId,
        String label,
        Optional<String> identity,
        Direction direction,
        AngularVelocity velocity,
        double heightDegrees,
        long seenAtNanos,
        long followedSinceNanos) {

    /// How much farther than the gate a track with the target's own id may jump, while another one is inside of it.
    private static final double JUMP_FACTOR = 3;

    /// A frame or two: a track that appears while the target is lost may be a little older than the loss.
    private static final double OVERLAP_SECONDS = 0.1;

    static TargetMemory of(MovingTrack track, Optional<String> knownIdentity, long nowNanos, long sinceNanos) {
        return new TargetMemory(
                track.id(),
                track.track().label(),
                track.track().identity().or(() -> knownIdentity),
                track.direction(),
                track.velocity(),
                track.heightDegrees(),
                nowNanos,
                sinceNanos);
    }

    /// The same target in a new frame.
    TargetMemory seen(MovingTrack track, long nowNanos) {
        return of(track, identity, nowNanos, followedSinceNanos);
    }

    double secondsSince(long nowNanos) {
        return TrackMotions.secondsBetween(seenAtNanos, nowNanos);
    }

    boolean isLate(LossConfig config, long nowNanos) {
        return secondsSince(nowNanos) > config.patienceSeconds();
    }

    /// The track that is the target, the one with its id before others; empty if none is.
    Optional<MovingTrack> find(List<MovingTrack> detected, LossConfig config, long nowNanos) {
        var own = detected.stream().filter(track -> track.id() == trackId).findFirst();
        boolean contradicts = own.filter(this::isSomeoneElse).isPresent();
        if (own.isPresent() && !contradicts && !hasJumped(own.get(), config, nowNanos)) {
            return own;
        }
        var other = reacquired(detected, config, nowNanos);
        return other.isPresent() || contradicts ? other : own;
    }

    /// Another track that is the target: of the same identity, or new, of the same label and size, near its predicted
    /// place.
    Optional<MovingTrack> reacquired(List<MovingTrack> detected, LossConfig config, long nowNanos) {
        return detected.stream()
                .filter(track -> track.id() != trackId && isTarget(track, config, nowNanos))
                .min(Comparator.comparing((MovingTrack track) -> !hasIdentity(track))
                        .thenComparingDouble(track -> distance(track, nowNanos)));
    }

    private boolean isTarget(MovingTrack track, LossConfig config, long nowNanos) {
        if (hasIdentity(track)) {
            return isLate(config, nowNanos)
                    || distance(track, nowNanos) <= gate(track, config, nowNanos) * config.identityGateFactor();
        }
        return !isLate(config, nowNanos)
                && !isSomeoneElse(track)
                && !wasThereBeside(track, nowNanos)
                && track.track().label().equals(label)
                && isOfSize(track, config)
                && distance(track, nowNanos) <= gate(track, config, nowNanos);
    }

    /// Whether a track was known while the target was still detected: then it is not the target.
    private boolean wasThereBeside(MovingTrack track, long nowNanos) {
        return track.ageSeconds() > secondsSince(nowNanos) + OVERLAP_SECONDS;
    }

    private boolean isOfSize(MovingTrack track, LossConfig config) {
        double ratio = track.heightDegrees() / Math.max(heightDegrees, 1e-6);
        return ratio <= config.maxSizeRatio() && ratio >= 1 / config.maxSizeRatio();
    }

    boolean hasIdentity(MovingTrack track) {
        return identity.isPresent() && identity.equals(track.track().identity());
    }

    private boolean isSomeoneElse(MovingTrack track) {
        return identity.isPresent()
                && track.track().identity().isPresent()
                && !identity.equals(track.track().identity());
    }

    private boolean hasJumped(MovingTrack track, LossConfig config, long nowNanos) {
        return distance(track, nowNanos) > JUMP_FACTOR * gate(track, config, nowNanos);
    }

    /// Degrees to where it should be by now.
    private double distance(MovingTrack track, long nowNanos) {
        return velocity.after(direction, secondsSince(nowNanos)).angleTo(track.direction());
    }

    /// Widens until the track appeared: the target was nowhere else afterwards.
    private double gate(MovingTrack track, LossConfig config, long nowNanos) {
        double unknownSeconds = track.id() == trackId
                ? secondsSince(nowNanos)
                : Math.max(0, secondsSince(nowNanos) - track.ageSeconds());
        return config.gateHeights() * heightDegrees + config.gateGrowthDegreesPerSecond() * unknownSeconds;
    }
}
