package dev.aerie.ptz.follow;

/// Puts capture times on this machine's clock. A camera whose clock is hours off captures frames in the future or long
/// ago; what its clock says of the time between frames is right nevertheless.
///
/// Used by one thread.
public final class CameraClock {

    /// A frame that is older when it arrives, or not captured yet, was captured by another clock.
    private static final long MAX_AGE_NANOS = 2_000_000_000L;

    /// How late a frame of another clock is assumed to arrive, at best.
    private static final long ASSUMED_AGE_NANOS = 50_000_000L;

    /// The least delay is learnt anew once so many frames came later than it allows.
    private static final int FORGET_AFTER = 300;

    private long leastNanos = Long.MAX_VALUE;
    private int frames;
    private long nextLeastNanos = Long.MAX_VALUE;

    /// The capture time of a frame on this machine's clock.
    ///
    /// - `captureNanos`: Unix time, as the frame says
    /// - `arrivedNanos`: Unix time, when it was here
    public long captured(long captureNanos, long arrivedNanos) {
        long age = arrivedNanos - captureNanos;
        if (age >= 0 && age <= MAX_AGE_NANOS) {
            return captureNanos;
        }
        learn(age);
        return Math.min(arrivedNanos, captureNanos + leastNanos - ASSUMED_AGE_NANOS);
    }

    private void learn(long age) {
        leastNanos = Math.min(leastNanos, age);
        nextLeastNanos = Math.min(nextLeastNanos, age);
        if (++frames == FORGET_AFTER) {
            leastNanos = nextLeastNanos;
            nextLeastNanos = Long.MAX_VALUE;
            frames = 0;
        }
    }
}
