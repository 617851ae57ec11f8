package dev.aerie.ingest.push;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.TimeBounds;

/// Maps a client's clock to ours.
///
/// What it sent at `sent` (its clock) came at `arrival` (ours): the difference is the clocks' offset plus the way.
/// The least difference of the last 20 to 40 seconds had the shortest way; half of the least round trip is taken
/// off for it. What is left is the asymmetry of the network, far below a frame's time. Without a round trip the
/// way stays in. Source: the minimum filter of NTP (RFC 5905, section 10). Thread-safe.
///
/// A clock more than a day off is none and teaches nothing. Connections that bring measurements may belong to anybody:
/// they refine what the video's own connection has begun, by a second at most.
final class ClientClock {

    private static final long MAX_BY_SENSORS_NANOS = 1_000_000_000L;

    @GuardedBy("this")
    private final MinDifference byVideo = new MinDifference();

    @GuardedBy("this")
    private final MinDifference bySensors = new MinDifference();

    @GuardedBy("this")
    private long minRoundTripNanos = Long.MAX_VALUE;

    /// A ping came back after so long.
    synchronized void roundTrip(long nanos) {
        minRoundTripNanos = Math.min(minRoundTripNanos, Math.max(0, nanos));
    }

    /// Something that was sent at `sentNanos` by the client's clock came at `arrivalNanos` by ours, both Unix.
    synchronized void observe(long sentNanos, long arrivalNanos) {
        if (TimeBounds.isNear(sentNanos, arrivalNanos)) {
            byVideo.add(arrivalNanos - sentNanos, arrivalNanos);
        }
    }

    /// As [#observe], by a connection that brings measurements.
    synchronized void observeBySensor(long sentNanos, long arrivalNanos) {
        if (byVideo.isKnown() && TimeBounds.isNear(sentNanos, arrivalNanos)) {
            bySensors.add(arrivalNanos - sentNanos, arrivalNanos);
        }
    }

    /// Whether the mapping is known; until then the client's time is taken for ours.
    synchronized boolean isKnown() {
        return byVideo.isKnown();
    }

    /// What to add to the client's time to get ours; 0 before the first observation.
    synchronized long offsetNanos() {
        if (!byVideo.isKnown()) {
            return 0;
        }
        long min = byVideo.nanos();
        if (bySensors.isKnown()) {
            min = Math.max(min - MAX_BY_SENSORS_NANOS, Math.min(min, bySensors.nanos()));
        }
        return min - (minRoundTripNanos == Long.MAX_VALUE ? 0 : minRoundTripNanos / 2);
    }

    /// The client's time in ours, not after `arrivalNanos`, for nothing is sent before it happens; a time that is more
    /// than a day off is left as it is, for others to refuse.
    synchronized long toServerTime(long clientNanos, long arrivalNanos) {
        long ours = TimeBounds.plus(clientNanos, offsetNanos());
        return TimeBounds.isNear(ours, arrivalNanos) ? Math.min(arrivalNanos, ours) : ours;
    }
}
