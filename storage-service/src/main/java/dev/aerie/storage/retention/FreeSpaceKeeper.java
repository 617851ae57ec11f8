package dev.aerie.storage.retention;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Keeps disk space free by removing the oldest segments, as long as the archive itself uses the space.
///
/// It stops and reports the cause if removing cannot help or would cost too much:
///
/// - all removable segments together are smaller than the missing space
/// - removing segments did not free any space
/// - as many bytes were removed as are left, apart from those recorded meanwhile: another program fills the disk
///
/// Used by one thread, except [#failureCause], which any thread may call.
final class FreeSpaceKeeper {

    private static final int REMOVALS_THAT_TELL = 3;
    private static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(10);
    private static final long MEBIBYTE = 1L << 20;

    private final long wantedBytes;
    private final RemovalCandidates candidates;
    private final LongSupplier nanos;
    private volatile String failureCause = "";
    private boolean inVain;
    private long inVainNanos;
    private long bytesExpected;

    /// Bytes removed to free space, minus the bytes recorded since.
    private long debtBytes;

    private long lastBytes = -1;

    /// - `wantedBytes`: 0 for none
    /// - `nanos`: a monotonic clock
    FreeSpaceKeeper(long wantedBytes, RemovalCandidates candidates, LongSupplier nanos) {
        this.wantedBytes = wantedBytes;
        this.candidates = candidates;
        this.nanos = nanos;
    }

    /// Measures the free space of the disk, in bytes.
    @FunctionalInterface
    interface FreeSpaceProbe {
        long bytes() throws IOException;
    }

    /// Removes one segment; returns the number of bytes removed, 0 if the segment stays.
    @FunctionalInterface
    interface Remover {
        long remove(RemovalCandidates.Candidate candidate) throws IOException;
    }

    /// Why free space is missing and nothing is removed; empty if all is well.
    String failureCause() {
        return failureCause;
    }

    /// - `atOnce`: maximum number of segments to try
    void sweep(FreeSpaceProbe freeSpaceProbe, Remover remover, int atOnce) throws IOException {
        if (wantedBytes == 0) {
            return;
        }
        long here = candidates.localBytes();
        debtBytes = lastBytes < 0 ? 0 : Math.max(0, debtBytes - Math.max(0, here - lastBytes));
        lastBytes = here;
        long free = freeSpaceProbe.bytes();
        if (free >= wantedBytes) {
            inVain = false;
            failureCause = "";
            return;
        }
        failureCause = reasonToStop(free);
        if (failureCause.isEmpty()) {
            remove(freeSpaceProbe, free, remover, atOnce);
        }
    }

    private String reasonToStop(long free) throws IOException {
        long removable = candidates.removableBytes();
        if (removable < wantedBytes - free) {
            return missing(free) + ", and all removable segments together have " + mebibytes(removable) + " MiB";
        }
        boolean isTimeToTry = nanos.getAsLong() - inVainNanos > TRIED_AGAIN_AFTER.toNanos();
        if (inVain && free < bytesExpected && !isTimeToTry) {
            return missing(free) + ", and removing segments made nothing free";
        }
        inVain = false;
        return "";
    }

    private void remove(FreeSpaceProbe freeSpaceProbe, long freeBefore, Remover remover, int atOnce)
            throws IOException {
        long gone = 0;
        int count = 0;
        for (var candidate : candidates.oldest("", atOnce)) {
            long free = freeSpaceProbe.bytes();
            if (free >= wantedBytes) {
                return;
            }
            if (count >= REMOVALS_THAT_TELL && free - freeBefore < gone / 4) {
                inVain = true;
                inVainNanos = nanos.getAsLong();
                bytesExpected = freeBefore + gone / 4;
                failureCause = missing(free) + ", and removing segments made nothing free";
                return;
            }
            if (debtBytes + candidate.bytes() > lastBytes - candidate.bytes()) {
                failureCause =
                        missing(free) + ", and half of the archive was removed for it: another program fills the disk";
                return;
            }
            long freed = remover.remove(candidate);
            gone += freed;
            debtBytes += freed;
            lastBytes -= freed;
            count += freed > 0 ? 1 : 0;
        }
    }

    private String missing(long free) {
        return mebibytes(wantedBytes - free) + " MiB of RETENTION_FREE are missing";
    }

    private static long mebibytes(long bytes) {
        return Math.ceilDiv(bytes, MEBIBYTE);
    }
}
