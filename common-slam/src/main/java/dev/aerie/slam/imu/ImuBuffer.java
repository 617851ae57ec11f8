package dev.aerie.slam.imu;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The readings of the last minute, in the order of their times. Safe for several threads.
///
/// A clock that jumps back starts it anew: readings of two clocks must not meet.
public final class ImuBuffer {

    /// More than this between two readings is a gap that nothing is integrated over.
    static final long GAP_NANOS = 50_000_000;

    private static final long KEPT_NANOS = 60_000_000_000L;
    /// Readings may overtake each other on their way by this much.
    private static final long DISORDER_NANOS = 500_000_000;

    @GuardedBy("this")
    private final NavigableMap<Long, ImuReading> readings = new TreeMap<>();

    public synchronized void add(ImuReading reading) {
        if (!reading.angularVelocity().isFinite() || !reading.specificForce().isFinite()) {
            return;
        }
        if (!readings.isEmpty() && reading.timeNanos() < readings.lastKey() - DISORDER_NANOS) {
            readings.clear();
        }
        readings.put(reading.timeNanos(), reading);
        readings.headMap(readings.lastKey() - KEPT_NANOS).clear();
    }

    synchronized boolean isEmpty() {
        return readings.isEmpty();
    }

    /// What was measured from one moment to another, with readings put in at both; empty where a piece is missing.
    public List<ImuReading> between(long fromNanos, long untilNanos) {
        List<ImuReading> measured = new ArrayList<>();
        synchronized (this) {
            var before = readings.floorEntry(fromNanos);
            var after = readings.ceilingEntry(untilNanos);
            if (fromNanos >= untilNanos || before == null || after == null) {
                return List.of();
            }
            measured.addAll(
                    readings.subMap(before.getKey(), true, after.getKey(), true).values());
        }
        if (hasGap(measured)) {
            return List.of();
        }
        cut(measured, fromNanos, untilNanos);
        return measured;
    }

    private static boolean hasGap(List<ImuReading> measured) {
        for (int i = 1; i < measured.size(); i++) {
            if (measured.get(i).timeNanos() - measured.get(i - 1).timeNanos() > GAP_NANOS) {
                return true;
            }
        }
        return false;
    }

    /// Moves the first and the last reading to where the piece begins and ends.
    private static void cut(List<ImuReading> measured, long fromNanos, long untilNanos) {
        int last = measured.size() - 1;
        var first = measured.getFirst();
        var end = measured.getLast();
        var newFirst = first.timeNanos() == fromNanos ? first : first.between(measured.get(1), fromNanos);
        var newEnd =
                end.timeNanos() == untilNanos ? end : measured.get(last - 1).between(end, untilNanos);
        measured.set(0, newFirst);
        measured.set(last, newEnd);
    }
}
