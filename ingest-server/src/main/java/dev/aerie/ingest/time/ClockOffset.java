package dev.aerie.ingest.time;

import java.time.Duration;
import java.time.Instant;

/// One measurement of this machine's clock.
///
/// - `offset`: what to add to this clock to get the server's
/// - `roundTrip`: of the question; the error is at most half of it
public record ClockOffset(Duration offset, Duration roundTrip, Instant measuredAt) {}
