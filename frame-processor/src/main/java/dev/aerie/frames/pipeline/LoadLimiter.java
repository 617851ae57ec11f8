package dev.aerie.frames.pipeline;

/// Limits the frame rate to what this replica can process, from how long the last frames took.
///
/// Excess frames are dropped evenly: a tracker works better with equal steps. Used by one thread.
final class LoadLimiter {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double UPDATE_WEIGHT = 0.2;

    private final double maxLoad;
    private double averageNanos;

    /// - `maxLoad`: fraction of the time that may be spent processing; infinite for no limit
    LoadLimiter(double maxLoad) {
        this.maxLoad = maxLoad;
    }

    /// Takes the processing time of a frame.
    void recordDuration(long nanos) {
        averageNanos = averageNanos == 0 ? nanos : averageNanos * (1 - UPDATE_WEIGHT) + nanos * UPDATE_WEIGHT;
    }

    /// `requestedFps`, or less where processing takes longer.
    double limit(double requestedFps) {
        return averageNanos == 0 ? requestedFps : Math.min(requestedFps, maxLoad * NANOS_PER_SECOND / averageNanos);
    }
}
