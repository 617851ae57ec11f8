package dev.aerie.ingest.time;

import java.time.Duration;
import java.time.Instant;

/// One measurement of this machine's clock.
///
/// - `offset`: to add to this clock to get the server's
/// - `roundTrip`: of the request; the error is at most half of it
public record ClockOffset(Duration offset, Duration roundTrip, Instant measuredAt) {}
