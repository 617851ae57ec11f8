package dev.aerie.slam.tracking;

import java.util.ArrayDeque;
import java.util.Deque;

/// The first seconds of a new part of the map, which bear out what two frames began, or refute it.
///
/// Two frames cannot always tell a world that stands still from people who fill much of them and go along. Time can:
/// where a map began on what moves, more and more of it is not where it should be. Past what stands still, sharp turns
/// and blur included, more than five sixths agree over each second.
final class MapInitializationCheck {

    private static final long TRIAL_NANOS = 3_000_000_000L;
    private static final long WINDOW_NANOS = 1_000_000_000L;
    private static final int MIN_FRAMES = 5;
    private static final double MIN_SHARE = 0.83;

    /// A scene of which little is ever found again shall have its map in the end.
    private static final double LESS_WITH_EACH = 0.01;

    private final Deque<Heard> heard = new ArrayDeque<>();
    private int submap;
    private long beganNanos;
    private boolean isOpen;
    private int refutedInARow;

    private record Heard(long nanos, double share) {}

    /// A new part began.
    void open(int newSubmap, long nanos) {
        heard.clear();
        submap = newSubmap;
        beganNanos = nanos;
        isOpen = true;
    }

    /// Nothing is on trial any more.
    void close() {
        isOpen = false;
    }

    /// Hears what share of the landmarks found in a frame agree with its pose; returns whether the part is refuted.
    ///
    /// - `inPart`: where the frame was placed; a part that was joined to an older one has passed
    boolean rejects(int inSubmap, long nanos, double share) {
        if (!isOpen) {
            return false;
        }
        if (inSubmap != submap || nanos - beganNanos > TRIAL_NANOS) {
            isOpen = false;
            refutedInARow = 0;
            return false;
        }
        heard.addLast(new Heard(nanos, share));
        while (nanos - heard.getFirst().nanos() > WINDOW_NANOS) {
            heard.removeFirst();
        }
        double mean = heard.stream().mapToDouble(Heard::share).average().orElse(1);
        boolean isRefuted = heard.size() >= MIN_FRAMES && mean < MIN_SHARE - LESS_WITH_EACH * refutedInARow;
        if (isRefuted) {
            isOpen = false;
            refutedInARow++;
        }
        return isRefuted;
    }
}
