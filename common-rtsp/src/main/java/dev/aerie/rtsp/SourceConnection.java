package dev.aerie.rtsp;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The open source of a consumer, shared by three threads: the reader waits in it, watchdog and closer abort it.
final class SourceConnection<T> {

    private final long stallNanos;
    private @Nullable StreamSource<T> source;
    private @Nullable LossCause abortCause;
    private boolean wasOpen;
    private boolean waiting;
    private long waitingSince;
    private long firstUnitAt;
    private long lastUnitAt;
    private long skippedBefore;

    SourceConnection(Duration stallTimeout) {
        this.stallNanos = stallTimeout.toNanos();
    }

    synchronized void opened(StreamSource<T> opened) {
        source = opened;
        wasOpen = true;
        firstUnitAt = 0;
        lastUnitAt = 0;
    }

    /// The reader's wait for the next unit.
    T next() throws IOException {
        var open = beginWait();
        try {
            T unit = open.next();
            endWait(true);
            return unit;
        } finally {
            endWait(false);
        }
    }

    /// Why the reader's connection ended in `e`; the cause given by watchdog or closer has priority.
    synchronized LossCause causeOf(IOException e) {
        if (abortCause != null) {
            return abortCause;
        }
        if (!wasOpen) {
            return e instanceof NoSuchStreamException ? LossCause.NO_SUCH_STREAM : LossCause.REFUSED;
        }
        return switch (e) {
            case EOFException _ -> LossCause.ENDED;
            case SocketTimeoutException _ -> LossCause.STALLED;
            default -> LossCause.BROKEN;
        };
    }

    synchronized void closed() {
        if (source != null) {
            skippedBefore += source.skipped();
        }
        source = null;
        abortCause = null;
        wasOpen = false;
        waiting = false;
    }

    /// Closes the source while the reader uses it, which then gets an [IOException]; does nothing without an open
    /// source.
    void abort(LossCause cause) {
        StreamSource<T> open;
        synchronized (this) {
            open = source;
            if (open == null) {
                return;
            }
            abortCause = abortCause == null ? cause : abortCause;
        }
        open.close();
    }

    /// Nanoseconds until a stream that brings nothing from now on counts as stalled; zero or less where it does
    /// already.
    synchronized long nanosToStall() {
        boolean mayStall = waiting && abortCause == null;
        return mayStall ? stallNanos - (System.nanoTime() - waitingSince) : stallNanos;
    }

    /// Whether the last connection delivered units for at least this long.
    synchronized boolean wasHealthyFor(Duration time) {
        return firstUnitAt != 0 && lastUnitAt - firstUnitAt >= time.toNanos();
    }

    synchronized long skipped() {
        return skippedBefore + (source == null ? 0 : source.skipped());
    }

    private synchronized StreamSource<T> beginWait() throws IOException {
        if (source == null || abortCause != null) {
            throw new IOException("connection was given up");
        }
        waiting = true;
        waitingSince = System.nanoTime();
        return source;
    }

    private synchronized void endWait(boolean gotUnit) {
        waiting = false;
        if (gotUnit) {
            lastUnitAt = System.nanoTime();
            firstUnitAt = firstUnitAt == 0 ? lastUnitAt : firstUnitAt;
        }
    }
}
