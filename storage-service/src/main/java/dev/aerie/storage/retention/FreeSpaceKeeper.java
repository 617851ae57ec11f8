package dev.aerie.storage.retention;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Keeps room free on the disk by removing the oldest segments, as long as that is the archive's own business.
///
/// It stops, and says so, where removing cannot help or would cost too much:
///
/// - all that may be removed is less than what is missing
/// - what was removed made nothing free
/// - as much was removed as is left, beyond what was recorded meanwhile: another program fills the disk
///
/// Used by one thread, [#trouble] by any.
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

    /// Bytes removed for room that were not recorded anew since.
    private long debtBytes;

    private long lastBytes = -1;

    /// - `wantedBytes`: 0 for none
    /// - `nanos`: a clock that never jumps
    FreeSpaceKeeper(long wantedBytes, RemovalCandidates candidates, LongSupplier nanos) {
        this.wantedBytes = wantedBytes;
        this.candidates = candidates;
        this.nanos = nanos;
    }

    /// Says how much room the disk has, in bytes.
    @FunctionalInterface
    interface FreeSpaceProbe {
        long bytes() throws IOException;
    }

    /// Removes one segment; returns how many bytes that is, 0 if it stays.
    @FunctionalInterface
    interface Remover {
        long remove(RemovalCandidates.Candidate candidate) throws IOException;
    }

    /// Why there is less room than wanted and nothing is removed for it; empty where all is well.
    String failureCause() {
        return failureCause;
    }

    /// - `atOnce`: no more are tried
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
            return missing(free) + ", and all that may be removed is " + mebibytes(removable) + " MiB";
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
                        missing(free) + ", and half of the archive was removed for it: something else fills the disk";
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
