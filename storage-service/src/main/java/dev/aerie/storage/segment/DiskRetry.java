package dev.aerie.storage.segment;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;

/// Does to the disk what may fail, again and again until it works. Used by one thread, [#trouble] and [#limit] by any.
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

    /// Something that may be done again after it has failed.
    interface Action {
        void run() throws IOException;
    }

    /// Tries until it works. Returns false after seconds under a [#limit].
    boolean untilDone(String what, Action action) throws InterruptedException {
        return attempt(what, action, false);
    }

    /// Tries as long as it can work with the same file. Returns false when the file is not there any more, or fails for
    /// other reasons than lack of room for too long, or after seconds under a [#limit].
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

    /// From now on nothing is tried for more than a few seconds.
    void limit() {
        limited = true;
    }

    /// Why nothing is written now; empty if it is.
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

    /// The operating system's words: ENOSPC and EDQUOT.
    private static boolean isLackOfRoom(IOException e) {
        String words = String.valueOf(e.getMessage());
        return words.contains("No space left") || words.contains("quota exceeded");
    }
}
