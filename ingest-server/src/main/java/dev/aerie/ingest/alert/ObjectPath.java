package dev.aerie.ingest.alert;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Where one object was in the last second, for its speed. Not thread-safe.
final class ObjectPath {

    /// Over less, the shaking of a box counts as speed.
    private static final long SHORTEST_NANOS = 300_000_000;

    private static final long KEPT_NANOS = 1_000_000_000;
    private static final int MAX_PLACES = 128;

    private final ArrayDeque<Place> places = new ArrayDeque<>();

    /// In widths of the frame.
    private record Place(long captureTimeNanos, double x, double y) {}

    /// Capture time of where it was last; after the first [#moved].
    long lastNanos() {
        return places.getLast().captureTimeNanos();
    }

    /// Adds where it is now, and returns its speed in widths of the frame a second; null while it is not known.
    @Nullable
    Double moved(long captureTimeNanos, double x, double y) {
        while (!places.isEmpty()
                && (captureTimeNanos - places.getFirst().captureTimeNanos() > KEPT_NANOS
                        || places.size() >= MAX_PLACES)) {
            places.removeFirst();
        }
        places.addLast(new Place(captureTimeNanos, x, y));
        var first = places.getFirst();
        long nanos = captureTimeNanos - first.captureTimeNanos();
        return nanos < SHORTEST_NANOS ? null : Math.hypot(x - first.x(), y - first.y()) * 1e9 / nanos;
    }
}
