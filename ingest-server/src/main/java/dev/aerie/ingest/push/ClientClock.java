package dev.aerie.ingest.push;

/// Maps a client's clock to ours.
///
/// What it sent at `sent` (its clock) came at `arrival` (ours): the difference is the clocks' offset plus the way.
/// The least difference of the last 20 to 40 seconds had the shortest way; half of the least round trip is taken
/// off for it. What is left is the asymmetry of the network, far below a picture's time. Without a round trip the
/// way stays in. Source: the minimum filter of NTP (RFC 5905, section 10). Thread-safe.
final class ClientClock {

    private static final long WINDOW_NANOS = 20_000_000_000L;

    private long windowStartNanos;
    private long leastNow = Long.MAX_VALUE;
    private long leastBefore = Long.MAX_VALUE;
    private long leastRoundTripNanos = Long.MAX_VALUE;

    /// A ping came back after so long.
    synchronized void roundTrip(long nanos) {
        leastRoundTripNanos = Math.min(leastRoundTripNanos, Math.max(0, nanos));
    }

    /// Something that was sent at `sentNanos` by the client's clock came at `arrivalNanos` by ours, both Unix.
    synchronized void observe(long sentNanos, long arrivalNanos) {
        if (leastNow != Long.MAX_VALUE && arrivalNanos - windowStartNanos > WINDOW_NANOS) {
            leastBefore = leastNow;
            leastNow = Long.MAX_VALUE;
        }
        if (leastNow == Long.MAX_VALUE) {
            windowStartNanos = arrivalNanos;
        }
        leastNow = Math.min(leastNow, arrivalNanos - sentNanos);
    }

    /// What to add to the client's time to get ours; 0 before the first observation.
    synchronized long offsetNanos() {
        long least = Math.min(leastNow, leastBefore);
        if (least == Long.MAX_VALUE) {
            return 0;
        }
        return least - (leastRoundTripNanos == Long.MAX_VALUE ? 0 : leastRoundTripNanos / 2);
    }

    /// The client's time in ours, never after `arrivalNanos`: nothing is sent before it happens.
    synchronized long toOurs(long clientNanos, long arrivalNanos) {
        return Math.min(arrivalNanos, clientNanos + offsetNanos());
    }
}
