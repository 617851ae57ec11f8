package dev.aerie.slam.tracking;

import dev.aerie.slam.tuning.InitializationConfig;
import java.util.ArrayDeque;
import java.util.Deque;

/// Validates a new submap over its first seconds, by the inlier ratio of the frames tracked on it.
///
/// Two frames cannot always tell a world that stands still from people who fill much of them and go along. Time can:
/// where a map began on what moves, more and more of it is not where it should be. Past what stands still, sharp turns
/// and blur included, more than five sixths agree over each second.
final class MapInitializationCheck {

    private final InitializationConfig config;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private int submap;
    private long startNanos;
    private boolean isRunning;
    private int rejectedInARow;

    MapInitializationCheck(InitializationConfig config) {
        this.config = config;
    }

    private record Sample(long nanos, double inlierRatio) {}

    /// A new submap was created.
    void start(int newSubmap, long nanos) {
        samples.clear();
        submap = newSubmap;
        startNanos = nanos;
        isRunning = true;
    }

    /// Ends the check.
    void stop() {
        isRunning = false;
    }

    /// Adds the inlier ratio of a tracked frame; returns whether the submap is rejected.
    ///
    /// - `inSubmap`: that of the frame; a submap that was merged with an older one has passed
    boolean rejects(int inSubmap, long nanos, double fraction) {
        if (!isRunning) {
            return false;
        }
        if (inSubmap != submap || nanos - startNanos > config.checkNanos()) {
            isRunning = false;
            rejectedInARow = 0;
            return false;
        }
        samples.addLast(new Sample(nanos, fraction));
        while (nanos - samples.getFirst().nanos() > config.checkWindowNanos()) {
            samples.removeFirst();
        }
        double mean =
                samples.stream().mapToDouble(Sample::inlierRatio).average().orElse(1);
        boolean isRejected = samples.size() >= config.minCheckedFrames()
                && mean < config.minInlierRatio() - config.inlierRatioStepPerRejection() * rejectedInARow;
        if (isRejected) {
            isRunning = false;
            rejectedInARow++;
        }
        return isRejected;
    }
}
