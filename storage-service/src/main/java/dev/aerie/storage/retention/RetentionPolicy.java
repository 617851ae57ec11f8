package dev.aerie.storage.retention;

import java.time.Duration;

/// What may stay in the archive. Zero means no bound, of each of them.
///
/// - `keepAll`: every segment stays so long after it was written
/// - `keepLabelled`: one in which something was seen so long, where that is longer
/// - `bytesPerStream`: so much of each stream, beside what is protected
/// - `freeBytes`: so much of the disk is kept free
/// - `uploadedOnly`: nothing leaves the disk before it has arrived in the bucket; then size and room take the file
///   alone
///
/// The oldest goes first; what is protected never goes.
public record RetentionPolicy(
        Duration keepAll, Duration keepLabelled, long bytesPerStream, long freeBytes, boolean uploadedOnly) {

    public RetentionPolicy {
        if (keepAll.isNegative() || keepLabelled.isNegative() || bytesPerStream < 0 || freeBytes < 0) {
            throw new IllegalArgumentException("bounds of retention must not be negative");
        }
    }

    /// How long one in which something was seen stays.
    Duration longest() {
        return keepAll.compareTo(keepLabelled) > 0 ? keepAll : keepLabelled;
    }
}
