package dev.aerie.frames.pipeline;

/// How many frames per second this replica can look at, from how long the last ones took.
///
/// Frames that come faster are left out evenly, instead of by chance when the work happens to be free: a
/// tracker follows better what moves by equal steps. Used by one thread.
final class LoadLimit {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NEWEST_SHARE = 0.2;

    private final double busyShare;
    private double defaultNanos;

    /// - `busyShare`: of the time that may be spent looking; infinite for no limit
    LoadLimit(double busyShare) {
        this.busyShare = busyShare;
    }

    /// A frame took so long.
    void worked(long nanos) {
        defaultNanos = defaultNanos == 0 ? nanos : defaultNanos * (1 - NEWEST_SHARE) + nanos * NEWEST_SHARE;
    }

    /// `asked`, or fewer where the work takes longer than that leaves time for.
    double max(double asked) {
        return defaultNanos == 0 ? asked : Math.min(asked, busyShare * NANOS_PER_SECOND / defaultNanos);
    }
}
