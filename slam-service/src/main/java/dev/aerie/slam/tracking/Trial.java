package dev.aerie.slam.tracking;

import java.util.ArrayDeque;
import java.util.Deque;

/// The first seconds of a new part of the map, which bear out what two pictures began, or refute it.
///
/// Two pictures cannot always tell a world that stands still from people who fill much of them and go along. Time can:
/// where a map began on what moves, more and more of it is not where it should be. Past what stands still, sharp turns
/// and blur included, more than five sixths agree over each second.
final class Trial {

    private static final long TRIAL_NANOS = 3_000_000_000L;
    private static final long WINDOW_NANOS = 1_000_000_000L;
    private static final int LEAST_PICTURES = 5;
    private static final double LEAST_SHARE = 0.83;

    /// A scene of which little is ever found again shall have its map in the end.
    private static final double LESS_WITH_EACH = 0.01;

    private final Deque<Heard> heard = new ArrayDeque<>();
    private int part;
    private long beganNanos;
    private boolean isOpen;
    private int refutedInARow;

    private record Heard(long nanos, double share) {}

    /// A new part began.
    void open(int newPart, long nanos) {
        heard.clear();
        part = newPart;
        beganNanos = nanos;
        isOpen = true;
    }

    /// Nothing is on trial any more.
    void close() {
        isOpen = false;
    }

    /// Hears what share of the landmarks found in a picture agree with its pose; returns whether the part is refuted.
    ///
    /// - `inPart`: where the picture was placed; a part that was joined to an older one has passed
    boolean isRefuted(int inPart, long nanos, double share) {
        if (!isOpen) {
            return false;
        }
        if (inPart != part || nanos - beganNanos > TRIAL_NANOS) {
            isOpen = false;
            refutedInARow = 0;
            return false;
        }
        heard.addLast(new Heard(nanos, share));
        while (nanos - heard.getFirst().nanos() > WINDOW_NANOS) {
            heard.removeFirst();
        }
        double mean = heard.stream().mapToDouble(Heard::share).average().orElse(1);
        boolean isRefuted = heard.size() >= LEAST_PICTURES && mean < LEAST_SHARE - LESS_WITH_EACH * refutedInARow;
        if (isRefuted) {
            isOpen = false;
            refutedInARow++;
        }
        return isRefuted;
    }
}
