package dev.aerie.ingest.stream;

import dev.aerie.messages.CaptureClock;
import java.util.OptionalLong;

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

    /// By a sender report where there was one, else by arrival; both in Unix nanoseconds.
    public static CaptureTime ofReport(OptionalLong reportedNanos, long arrivalNanos) {
        return reportedNanos.isPresent() ? bySenderReport(reportedNanos.getAsLong()) : byArrival(arrivalNanos);
    }
}
