package dev.aerie.ingest.hls;

import java.util.ArrayList;
import java.util.List;

/// One media segment, the newest of which still grows. Not thread-safe.
final class HlsSegment {

    private final long number;
    private final HlsMap map;
    private final boolean isDiscontinuous;
    private final long captureTimeNanos;
    private final List<HlsPart> parts = new ArrayList<>();
    private boolean complete;

    /// - `number`: its media sequence number
    /// - `isDiscontinuous`: whether it does not go on where the one before ended
    /// - `captureTimeNanos`: Unix time of its first frame
    HlsSegment(long number, HlsMap map, boolean isDiscontinuous, long captureTimeNanos) {
        this.number = number;
        this.map = map;
        this.isDiscontinuous = isDiscontinuous;
        this.captureTimeNanos = captureTimeNanos;
    }

    void add(HlsPart part) {
        parts.add(part);
    }

    void end() {
        complete = true;
    }

    long number() {
        return number;
    }

    HlsMap map() {
        return map;
    }

    boolean isDiscontinuous() {
        return isDiscontinuous;
    }

    long captureTimeNanos() {
        return captureTimeNanos;
    }

    boolean isComplete() {
        return complete;
    }

    /// Oldest first.
    List<HlsPart> parts() {
        return List.copyOf(parts);
    }

    double seconds() {
        return parts.stream().mapToDouble(HlsPart::seconds).sum();
    }

    long sizeBytes() {
        return parts.stream().mapToLong(HlsPart::sizeBytes).sum();
    }
}
