package dev.aerie.ptz.handoff;

import java.util.Optional;
import java.util.OptionalLong;

/// A target that a camera follows, on the ground. Used by one thread.
final class FollowedTarget {

    private final String camera;
    private final String label;
    private final GroundMotion motion;
    private final long firstSeenNanos;
    private long trackId;
    private long seenNanos;
    private Optional<String> identity;

    FollowedTarget(String camera, SeenTarget seen, GroundSensor.Fix fix, HandoffConfig config, long nowNanos) {
        this.camera = camera;
        this.label = seen.label();
        this.motion = new GroundMotion(fix, config.accelerationMetres(), nowNanos);
        this.trackId = seen.trackId();
        this.firstSeenNanos = nowNanos;
        this.seenNanos = nowNanos;
        this.identity = seen.identity();
    }

    void seen(SeenTarget target, GroundSensor.Fix fix, long nowNanos) {
        motion.measured(fix, nowNanos);
        trackId = target.trackId();
        seenNanos = nowNanos;
        identity = target.identity().or(() -> identity);
    }

    /// Whether a track under another id can be the same target.
    boolean canBe(SeenTarget target, GroundSensor.Fix fix, HandoffConfig config, long nowNanos) {
        var expected = motion.at(nowNanos);
        double size = expected.positionSpread()
                .plus(fix.spread())
                .squaredSizeOf(fix.position().minus(expected.position()));
        return target.label().equals(label) && size <= square(config.gateDeviations());
    }

    private static double square(double value) {
        return value * value;
    }

    /// Until when its velocity is not known.
    boolean isKnown(HandoffConfig config) {
        return (seenNanos - firstSeenNanos) / 1e9 >= config.confirmSeconds();
    }

    String camera() {
        return camera;
    }

    String label() {
        return label;
    }

    long trackId() {
        return trackId;
    }

    OptionalLong track() {
        return OptionalLong.of(trackId);
    }

    Optional<String> identity() {
        return identity;
    }

    long seenNanos() {
        return seenNanos;
    }

    double unseenSeconds(long nowNanos) {
        return (nowNanos - seenNanos) / 1e9;
    }

    GroundMotion motion() {
        return motion;
    }
}
