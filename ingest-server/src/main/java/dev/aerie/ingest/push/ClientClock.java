package dev.aerie.ingest.push;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.TimeBounds;

/// Maps a client's clock to the server's.
///
/// A message sent at `sent` (client's clock) arrived at `arrival` (server's clock): the difference is the clock
/// offset plus the network delay. The minimum difference of the last 20 to 40 seconds had the shortest delay; half
/// of the minimum round trip is subtracted for it. The remaining error is the asymmetry of the network, far below a
/// frame's duration. Without a round trip the delay stays in the offset. Source: the minimum filter of NTP (RFC
/// 5905, section 10). Thread-safe.
///
/// Times more than a day off are ignored. Sensor connections are not trusted as much as the video's: they refine its
/// offset by one second at most.
final class ClientClock {

    private static final long MAX_BY_SENSORS_NANOS = 1_000_000_000L;

    @GuardedBy("this")
    private final MinDifference byVideo = new MinDifference();

    @GuardedBy("this")
    private final MinDifference bySensors = new MinDifference();

    @GuardedBy("this")
    private long minRoundTripNanos = Long.MAX_VALUE;

    /// Adds a measured ping round trip.
    synchronized void roundTrip(long nanos) {
        minRoundTripNanos = Math.min(minRoundTripNanos, Math.max(0, nanos));
    }

    /// A message sent at `sentNanos` (client's clock) arrived at `arrivalNanos` (server's clock), both Unix.
    synchronized void observe(long sentNanos, long arrivalNanos) {
        if (TimeBounds.isNear(sentNanos, arrivalNanos)) {
            byVideo.add(arrivalNanos - sentNanos, arrivalNanos);
        }
    }

    /// As [#observe], by a sensor connection.
    synchronized void observeBySensor(long sentNanos, long arrivalNanos) {
        if (byVideo.isKnown() && TimeBounds.isNear(sentNanos, arrivalNanos)) {
            bySensors.add(arrivalNanos - sentNanos, arrivalNanos);
        }
    }

    /// Whether the offset is known; until then it is taken as 0.
    synchronized boolean isKnown() {
        return byVideo.isKnown();
    }

    /// The offset to add to the client's time to get the server's; 0 before the first observation.
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

    /// The client's time on the server's clock, at most `arrivalNanos`; a time more than a day off is returned
    /// unbounded, for the caller to refuse.
    synchronized long toServerTime(long clientNanos, long arrivalNanos) {
        long ours = TimeBounds.plus(clientNanos, offsetNanos());
        return TimeBounds.isNear(ours, arrivalNanos) ? Math.min(arrivalNanos, ours) : ours;
    }
}
