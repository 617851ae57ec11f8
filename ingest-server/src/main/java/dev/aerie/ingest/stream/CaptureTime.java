package dev.aerie.ingest.stream;

import dev.aerie.messages.CaptureClock;

/// The capture time of a frame, Unix time in nanoseconds, and the clock it was read from.
public record CaptureTime(long unixNanos, CaptureClock clock) {

    public static CaptureTime bySender(long unixNanos) {
        return new CaptureTime(unixNanos, CaptureClock.SENDER);
    }

    public static CaptureTime byArrival(long unixNanos) {
        return new CaptureTime(unixNanos, CaptureClock.ARRIVAL);
    }

    public static CaptureTime bySenderReport(long unixNanos) {
        return new CaptureTime(unixNanos, CaptureClock.RTCP_SR);
    }
}
