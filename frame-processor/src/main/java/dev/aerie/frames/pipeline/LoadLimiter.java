package dev.aerie.frames.pipeline;

/// How many frames per second this replica can look at, from how long the last ones took.
///
/// Frames that come faster are left out evenly, instead of by chance when the work happens to be free: a
/// tracker follows better what moves by equal steps. Used by one thread.
final class LoadLimiter {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double UPDATE_WEIGHT = 0.2;

    private final double maxLoad;
    private double averageNanos;

    /// - `busyShare`: of the time that may be spent looking; infinite for no limit
    LoadLimiter(double maxLoad) {
        this.maxLoad = maxLoad;
    }

    /// A frame took so long.
    void recordDuration(long nanos) {
        averageNanos = averageNanos == 0 ? nanos : averageNanos * (1 - UPDATE_WEIGHT) + nanos * UPDATE_WEIGHT;
    }

    /// `asked`, or fewer where the work takes longer than that leaves time for.
    double limit(double requestedFps) {
        return averageNanos == 0 ? requestedFps : Math.min(requestedFps, maxLoad * NANOS_PER_SECOND / averageNanos);
    }
}
