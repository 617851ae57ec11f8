package dev.aerie.rtsp.ffmpeg;

import java.util.function.IntSupplier;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/// Bounds calls of FFmpeg that wait for a network or a file: by a deadline, by an interrupt of the calling thread,
/// by [#abort] from any thread.
///
/// FFmpeg asks [#CALLBACK] about ten times a second, on the thread that called it. There is one callback for the
/// whole process, for JavaCPP has room for ten only; it finds its call by the thread.
final class NativeWait {

    static final AVIOInterruptCB.Callback_Pointer CALLBACK = new AVIOInterruptCB.Callback_Pointer() {
        @Override
        public int call(Pointer unused) {
            var wait = CURRENT.get();
            return wait != null && wait.isOver() ? 1 : 0;
        }
    };

    private static final ThreadLocal<NativeWait> CURRENT = new ThreadLocal<>();

    private volatile boolean aborted;
    private long deadlineNanos;
    private boolean timedOut;

    /// Every call from now on ends at once.
    void abort() {
        aborted = true;
    }

    boolean isAborted() {
        return aborted;
    }

    /// Whether the last call ran into its limit.
    boolean isTimedOut() {
        return timedOut;
    }

    /// Runs `call` and returns its result, an error code if the wait ended first.
    int within(long limitNanos, IntSupplier call) {
        deadlineNanos = System.nanoTime() + limitNanos;
        timedOut = false;
        CURRENT.set(this);
        try {
            return call.getAsInt();
        } finally {
            CURRENT.remove();
        }
    }

    private boolean isOver() {
        timedOut = System.nanoTime() - deadlineNanos > 0;
        return timedOut || aborted || Thread.currentThread().isInterrupted();
    }
}
