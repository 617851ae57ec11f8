package dev.aerie.slam.imu;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.geometry.Vector3;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The readings of the last minute, in the order of their times. Safe for several threads.
///
/// Asked by the clock of the frames' capture times; the readings' own may be [ahead][#aheadNanos] of that. A clock that
/// jumps back starts it anew: readings of two clocks must not meet.
public final class ImuBuffer {

    /// More than this between two readings is a gap that nothing is integrated over.
    static final long GAP_NANOS = 50_000_000;

    private static final long KEPT_NANOS = 60_000_000_000L;
    /// Readings may overtake each other on their way by this much.
    private static final long DISORDER_NANOS = 500_000_000;

    @GuardedBy("this")
    private final NavigableMap<Long, ImuReading> readings = new TreeMap<>();

    @GuardedBy("this")
    private long aheadNanos;

    /// By how much the readings' clock is ahead of the frames'; 0 until something else is known.
    public synchronized long aheadNanos() {
        return aheadNanos;
    }

    synchronized void setAheadNanos(long nanos) {
        aheadNanos = nanos;
    }

    public synchronized void add(ImuReading reading) {
        if (!reading.angularVelocity().isFinite() || !reading.specificForce().isFinite()) {
            return;
        }
        if (!readings.isEmpty() && reading.timeNanos() < readings.lastKey() - DISORDER_NANOS) {
            readings.clear();
            aheadNanos = 0;
        }
        readings.put(reading.timeNanos(), reading);
        readings.headMap(readings.lastKey() - KEPT_NANOS).clear();
    }

    synchronized boolean isEmpty() {
        return readings.isEmpty();
    }

    /// How fast the body turns at a moment, rad/s; empty where the next reading before or after is too far away.
    synchronized Optional<Vector3> angularVelocity(long frameNanos) {
        long atNanos = frameNanos + aheadNanos;
        var before = readings.floorEntry(atNanos);
        var after = readings.ceilingEntry(atNanos);
        if (before != null && after != null && after.getKey() - before.getKey() <= GAP_NANOS) {
            return Optional.of(
                    before.getKey().equals(after.getKey())
                            ? before.getValue().angularVelocity()
                            : before.getValue()
                                    .between(after.getValue(), atNanos)
                                    .angularVelocity());
        }
        return Stream.of(before, after)
                .filter(reading -> reading != null && Math.abs(reading.getKey() - atNanos) <= GAP_NANOS)
                .findFirst()
                .map(reading -> reading.getValue().angularVelocity());
    }

    /// What was measured from one moment to another, with readings put in at both; empty where a piece is
    /// missing. Their times are of the readings' own clock.
    public List<ImuReading> between(long fromFrameNanos, long untilFrameNanos) {
        long fromNanos;
        long untilNanos;
        List<ImuReading> measured = new ArrayList<>();
        synchronized (this) {
            fromNanos = fromFrameNanos + aheadNanos;
            untilNanos = untilFrameNanos + aheadNanos;
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
