package dev.aerie.slam.tracking;

import java.util.ArrayDeque;
import java.util.Deque;

/// The first seconds of a new part of the map, which bear out what two frames began, or refute it.
///
/// Two frames cannot always tell a world that stands still from people who fill much of them and go along. Time can:
/// where a map began on what moves, more and more of it is not where it should be. Past what stands still, sharp turns
/// and blur included, more than five sixths agree over each second.
final class MapInitializationCheck {

    private static final long CHECK_NANOS = 3_000_000_000L;
    private static final long WINDOW_NANOS = 1_000_000_000L;
    private static final int MIN_FRAMES = 5;
    private static final double MIN_FRACTION = 0.83;

    /// A scene of which little is ever found again shall have its map in the end.
    private static final double LESS_WITH_EACH = 0.01;

    private final Deque<Sample> samples = new ArrayDeque<>();
    private int submap;
    private long startNanos;
    private boolean isRunning;
    private int rejectedInARow;

    private record Sample(long nanos, double inlierRatio) {}

    /// A new part began.
    void start(int newSubmap, long nanos) {
        samples.clear();
        submap = newSubmap;
        startNanos = nanos;
        isRunning = true;
    }

    /// Nothing is on trial any more.
    void stop() {
        isRunning = false;
    }

    /// Hears what share of the landmarks found in a frame agree with its pose; returns whether the part is refuted.
    ///
    /// - `inPart`: where the frame was placed; a part that was joined to an older one has passed
    boolean rejects(int inSubmap, long nanos, double fraction) {
        if (!isRunning) {
            return false;
        }
        if (inSubmap != submap || nanos - startNanos > CHECK_NANOS) {
            isRunning = false;
            rejectedInARow = 0;
            return false;
        }
        samples.addLast(new Sample(nanos, fraction));
        while (nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
            samples.removeFirst();
        }
        double mean =
                samples.stream().mapToDouble(Sample::inlierRatio).average().orElse(1);
        boolean isRejected = samples.size() >= MIN_FRAMES && mean < MIN_FRACTION - LESS_WITH_EACH * rejectedInARow;
        if (isRejected) {
            isRunning = false;
            rejectedInARow++;
        }
        return isRejected;
    }
}
