package dev.aerie.ptz.handoff;

import java.util.Optional;
import java.util.OptionalDouble;

/// A track of the neighbour that may be the target. Used by one thread.
final class HandoffCandidate {

    private final GroundMotion motion;
    private final long firstSeenNanos;
    private long seenNanos;
    private Optional<String> identity;

    HandoffCandidate(SeenTarget seen, GroundSensor.Fix fix, HandoffConfig config, long nowNanos) {
        this.motion = new GroundMotion(fix, config.accelerationMetres(), nowNanos);
        this.firstSeenNanos = nowNanos;
        this.seenNanos = nowNanos;
        this.identity = seen.identity();
    }

    void seen(SeenTarget target, GroundSensor.Fix fix, long nowNanos) {
        motion.measured(fix, nowNanos);
        seenNanos = nowNanos;
        identity = target.identity().or(() -> identity);
    }

    double watchedSeconds() {
        return (seenNanos - firstSeenNanos) / 1e9;
    }

    double unseenSeconds(long nowNanos) {
        return (nowNanos - seenNanos) / 1e9;
    }

    /// Logarithm of how probable it is that the target looks and moves like this; empty outside of the gate.
    OptionalDouble scoreAgainst(
            GroundMotion target, Optional<String> targetIdentity, HandoffConfig config, IdentitySimilarity gallery) {
        var expected = target.at(seenNanos);
        var own = motion.at(seenNanos);
        double place = expected.positionSpread()
                .plus(own.positionSpread())
                .squaredSizeOf(own.position().minus(expected.position()));
        double speed = expected.velocitySpread()
                .plus(own.velocitySpread())
                .squaredSizeOf(own.velocity().minus(expected.velocity()));
        if (place > square(config.gateDeviations())) {
            return OptionalDouble.empty();
        }
        double appearance = similarity(targetIdentity, gallery).isPresent()
                ? config.appearance()
                        .logOddsOf(similarity(targetIdentity, gallery).getAsDouble())
                : 0;
        return OptionalDouble.of(-(place + speed) / 2 + appearance);
    }

    OptionalDouble similarity(Optional<String> targetIdentity, IdentitySimilarity gallery) {
        if (identity.isEmpty() || targetIdentity.isEmpty()) {
            return OptionalDouble.empty();
        }
        return gallery.between(targetIdentity.get(), identity.get());
    }

    private static double square(double value) {
        return value * value;
    }
}
