package dev.aerie.ingest.stream;

import java.time.Duration;

/// Limits for the streams of one server.
///
/// - `maxStreams`: published at once
/// - `stallAfter`: silence after which a stream counts as stalled, and may be taken by another publisher
/// - `endAfter`: silence after which it is ended
/// - `takeover`: whether a second publisher replaces a live one; otherwise it is refused
public record StreamLimits(int maxStreams, Duration stallAfter, Duration endAfter, boolean takeover) {

    public StreamLimits {
        if (maxStreams < 1) {
            throw new IllegalArgumentException("maxStreams must be >= 1, was " + maxStreams);
        }
        if (!stallAfter.isPositive() || endAfter.compareTo(stallAfter) < 0) {
            throw new IllegalArgumentException(
                    "0 < stallAfter <= endAfter must hold, were " + stallAfter + " and " + endAfter);
        }
    }
}
