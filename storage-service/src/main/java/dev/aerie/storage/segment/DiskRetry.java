package dev.aerie.storage.segment;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;

/// Repeats disk operations until they succeed. Used by one thread, except [#failureCause] and [#limit], which any
/// thread may call.
final class DiskRetry {

    private static final String FAULT = "disk fault";
    private static final Duration RETRY = Duration.ofMillis(300);
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(10);
    private static final Duration SILENT_AFTER = Duration.ofSeconds(2);
    private static final Duration LAST_TRY_AFTER = Duration.ofSeconds(3);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final String stream;
    private final RateLimitedLog faults;
    private volatile boolean limited;
    private volatile String failureCause = "";
    private volatile long busySinceNanos;

    DiskRetry(String stream, RateLimitedLog faults) {
        this.stream = stream;
        this.faults = faults;
    }

    /// An operation that may be repeated after it has failed.
    interface Action {
        void run() throws IOException;
    }

    /// Repeats until success. Under a [#limit], gives up after some seconds and returns false.
    boolean untilDone(String what, Action action) throws InterruptedException {
        return attempt(what, action, false);
    }

    /// Repeats as long as it can succeed with the same file. Returns false if the file no longer exists, if it fails
    /// for too long for other reasons than a full disk, or after some seconds under a [#limit].
    boolean whileFileLasts(String what, Action action) throws InterruptedException {
        return attempt(what, action, true);
    }

    private boolean attempt(String what, Action action, boolean sameFile) throws InterruptedException {
        long begun = System.nanoTime();
        busySinceNanos = begun;
        try {
            while (true) {
                try {
                    action.run();
                    succeeded();
                    return true;
                } catch (IOException e) {
                    failed(what, e);
                    if (sameFile && isHopeless(e, begun)) {
                        return false;
                    }
                }
                if (limited && System.nanoTime() - begun > LAST_TRY_AFTER.toNanos()) {
                    return false;
                }
                Thread.sleep(RETRY);
            }
        } finally {
            busySinceNanos = 0;
        }
    }

    /// From now on nothing is retried for more than a few seconds.
    void limit() {
        limited = true;
    }

    /// Why nothing is written now; empty if the disk works.
    String failureCause() {
        long since = busySinceNanos;
        long silent = since == 0 ? 0 : System.nanoTime() - since;
        if (failureCause.isEmpty() && silent > SILENT_AFTER.toNanos()) {
            return "the disk has not answered for " + silent / NANOS_PER_SECOND + " s";
        }
        return failureCause;
    }

    private void succeeded() {
        if (!failureCause.isEmpty()) {
            failureCause = "";
            faults.over(FAULT, stream);
        }
    }

    private void failed(String what, IOException e) {
        failureCause = what + ": " + e.getMessage();
        faults.fault(FAULT, stream, failureCause);
    }

    private static boolean isHopeless(IOException e, long begunNanos) {
        if (e instanceof NoSuchFileException) {
            return true;
        }
        return !isLackOfRoom(e) && System.nanoTime() - begunNanos > GIVE_UP_AFTER.toNanos();
    }

    /// Messages of the operating system for ENOSPC and EDQUOT.
    private static boolean isLackOfRoom(IOException e) {
        String words = String.valueOf(e.getMessage());
        return words.contains("No space left") || words.contains("quota exceeded");
    }
}
