package dev.aerie.storage.retention;

import java.time.Duration;

/// The limits of the archive. Zero means no limit, for each of them.
///
/// - `keepAll`: how long every segment is kept
/// - `keepLabelled`: how long a segment with detected objects is kept, if that is longer
/// - `bytesPerStream`: maximum size of each stream, without protected segments
/// - `freeBytes`: disk space to keep free
/// - `uploadedOnly`: nothing is removed before it is in the bucket; the limits of size and free space then remove the
///   local file only
///
/// The oldest segments are removed first; protected ones never are.
public record RetentionPolicy(
        Duration keepAll, Duration keepLabelled, long bytesPerStream, long freeBytes, boolean uploadedOnly) {

    public RetentionPolicy {
        if (keepAll.isNegative() || keepLabelled.isNegative() || bytesPerStream < 0 || freeBytes < 0) {
            throw new IllegalArgumentException("limits of retention must not be negative");
        }
    }

    /// How long a segment with detected objects is kept.
    Duration longest() {
        return keepAll.compareTo(keepLabelled) > 0 ? keepAll : keepLabelled;
    }
}
