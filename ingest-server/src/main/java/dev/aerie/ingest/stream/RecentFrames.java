package dev.aerie.ingest.stream;

import dev.aerie.video.FrameStamp;
import java.util.ArrayDeque;
import java.util.Optional;

/// The stamps of the last frames, searchable by capture time; used under its publication's lock.
final class RecentFrames {

    private static final int KEPT = 128;

    private final ArrayDeque<FrameStamp> newestFirst = new ArrayDeque<>(KEPT);

    void add(FrameStamp stamp) {
        if (newestFirst.size() == KEPT) {
            newestFirst.removeLast();
        }
        newestFirst.addFirst(stamp);
    }

    Optional<FrameStamp> newest() {
        return Optional.ofNullable(newestFirst.peekFirst());
    }

    /// The frame whose capture time is nearest; empty before the first.
    Optional<FrameStamp> nearestTo(long unixNanos) {
        FrameStamp nearest = null;
        long min = Long.MAX_VALUE;
        for (FrameStamp stamp : newestFirst) {
            long distance = Math.abs(stamp.captureTimeNanos() - unixNanos);
            if (distance < min) {
                min = distance;
                nearest = stamp;
            }
        }
        return Optional.ofNullable(nearest);
    }
}
