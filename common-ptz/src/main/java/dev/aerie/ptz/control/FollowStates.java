package dev.aerie.ptz.control;

import dev.aerie.ptz.camera.ImagePoint;
import java.util.Optional;

/// Which [FollowState] holds, by when the target was last seen and where it is. Used by one thread.
final class FollowStates {

    /// Distances from the middle of the frame, as shares of half of it.
    private static final double HELD_BELOW = 0.25;

    private static final double ESCAPED_ABOVE = 0.7;
    private static final double LATENCY_GAIN = 0.1;

    private final FollowConfig config;
    private final FollowEvents events;
    private FollowState state = FollowState.IDLE;
    private long nowNanos = Long.MIN_VALUE;
    private long sinceNanos;
    private long seenNanos = Long.MIN_VALUE;
    private long firstSeenNanos;
    private boolean released;
    private double latencySeconds;

    FollowStates(FollowConfig config, FollowEvents events) {
        this.config = config;
        this.events = events;
    }

    FollowState state() {
        return state;
    }

    /// The time of the last step.
    long nowNanos() {
        return nowNanos;
    }

    /// Whether what was known of the target is of no more use.
    boolean isLooking() {
        return state == FollowState.SEARCHING || state == FollowState.LOST || state == FollowState.IDLE;
    }

    void seen(long captureNanos) {
        if (isLooking()) {
            firstSeenNanos = captureNanos;
        }
        seenNanos = captureNanos;
        released = false;
        double latency = Math.clamp((nowNanos - captureNanos) / 1e9, 0.0, 2.0);
        latencySeconds += LATENCY_GAIN * (latency - latencySeconds);
    }

    void release() {
        released = true;
        seenNanos = Long.MIN_VALUE;
    }

    /// - `place`: of the target in a frame of now
    FollowState advance(long now, Optional<ImagePoint> place) {
        nowNanos = now;
        FollowState next = next(place);
        if (next != state) {
            events.changed(state, next, sinceNanos == 0 ? 0 : (now - sinceNanos) / 1e9);
            state = next;
            sinceNanos = now;
        }
        return state;
    }

    private FollowState next(Optional<ImagePoint> place) {
        if (released || seenNanos == Long.MIN_VALUE) {
            return FollowState.IDLE;
        }
        double unseen = (nowNanos - seenNanos) / 1e9 - latencySeconds;
        if (unseen <= config.graceSeconds()) {
            return inView(place);
        }
        if (isLooking() && state != FollowState.SEARCHING) {
            return state;
        }
        if (unseen <= predictionSeconds()) {
            return FollowState.PREDICTING;
        }
        return unseen <= predictionSeconds() + config.searchSeconds() ? FollowState.SEARCHING : FollowState.LOST;
    }

    /// What was hardly seen is hardly foretold: two boxes of a false detection would send the camera anywhere.
    private double predictionSeconds() {
        double seenSeconds = (seenNanos - firstSeenNanos) / 1e9;
        return Math.clamp(config.graceSeconds() + seenSeconds, config.graceSeconds(), config.predictionSeconds());
    }

    private FollowState inView(Optional<ImagePoint> place) {
        double away =
                place.map(at -> Math.max(Math.abs(at.x()), Math.abs(at.y()))).orElse(1.0);
        boolean held = away < (state == FollowState.HOLDING ? ESCAPED_ABOVE : HELD_BELOW);
        return held ? FollowState.HOLDING : FollowState.ACQUIRING;
    }
}
