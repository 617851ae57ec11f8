package dev.aerie.ingest.source;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.ingest.stream.Publication;
import dev.aerie.ingest.stream.StreamRefusedException;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.threads.BackgroundThread;
import dev.aerie.threads.Backoff;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One source with its thread: opened, published, opened again after every failure, until it is closed.
///
/// Every failure ends the input only: a silent camera, and exceptions and errors of libraries too (a missing native
/// library, exhausted native memory). Each is reported by [#lastError] and retried with back-off. Only this thread
/// opens inputs.
final class SourceRunner {

    private static final Logger LOG = LoggerFactory.getLogger(SourceRunner.class);

    private final String stream;
    private final SourceSpec spec;
    private final SourceInput.Opener opener;
    private final Streams streams;
    private final BackgroundThread thread;
    private final Backoff backoff = new Backoff();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private @Nullable SourceInput current;

    @GuardedBy("lock")
    private boolean closed;

    @GuardedBy("lock")
    private boolean restart;

    private volatile SourceState state = SourceState.CONNECTING;
    private volatile String lastError = "";
    private final AtomicLong attempts = new AtomicLong();

    SourceRunner(String stream, SourceSpec spec, SourceInput.Opener opener, Streams streams) {
        this.stream = stream;
        this.spec = spec;
        this.opener = opener;
        this.streams = streams;
        this.thread = BackgroundThread.of("source", stream, this::run);
    }

    void start() {
        thread.start();
    }

    SourceState state() {
        return state;
    }

    String lastError() {
        return lastError;
    }

    long attempts() {
        return attempts.get();
    }

    /// Reopens it immediately; does not wait.
    void restart() {
        lock.lock();
        try {
            restart = true;
            changed.signalAll();
            interruptInput();
        } finally {
            lock.unlock();
        }
    }

    /// Asks input and thread to end; does not wait.
    void end() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            interruptInput();
        } finally {
            lock.unlock();
        }
    }

    /// Ends input and thread, and waits for them until the deadline, a `System.nanoTime()`. Returns whether they
    /// ended.
    boolean closeBy(long deadlineNanos) {
        end();
        try {
            if (thread.finish(Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime())))) {
                return true;
            }
            LOG.warn("source does not end stream={}", stream);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /// An interrupt ends a wait of the input; its thread alone closes it.
    @GuardedBy("lock")
    private void interruptInput() {
        if (current != null || state == SourceState.CONNECTING) {
            thread.interrupt();
        }
    }

    private void run() {
        while (!isClosed()) {
            try {
                runOnce();
            } catch (EOFException end) {
                state = SourceState.FINISHED;
                LOG.info("source finished stream={}", stream);
                return;
            } catch (IOException | StreamRefusedException transientFailure) {
                retryAfter(messageOf(transientFailure));
            } catch (RuntimeException | Error fault) {
                LOG.error("source failed stream={}", stream, fault);
                retryAfter(messageOf(fault));
            }
        }
        state = SourceState.STOPPED;
    }

    private void runOnce() throws IOException, StreamRefusedException {
        state = SourceState.CONNECTING;
        var _ = Thread.interrupted();
        try (var input = opener.open(stream, spec, attempts.getAndIncrement())) {
            setInput(input);
            var publication = streams.open(stream, spec.describe(), this::restart);
            String cause = "the source was stopped or restarted";
            try {
                publish(input, publication);
            } catch (IOException | RuntimeException | Error e) {
                cause = isStopRequested() ? cause : MaskedUrl.of(messageOf(e));
                throw e;
            } finally {
                publication.end(cause);
            }
        } finally {
            setInput(null);
        }
    }

    private void publish(SourceInput input, Publication publication) throws IOException {
        while (!isStopRequested()) {
            var frame = input.next();
            if (!publication.publish(frame.unit(), frame.captured())) {
                throw new IOException("the stream was taken away");
            }
            if (state != SourceState.RUNNING) {
                state = SourceState.RUNNING;
                backoff.reset();
            }
        }
    }

    /// An [IOException] describes itself; of an exception of a library the class matters more than the message.
    private static String messageOf(Throwable failure) {
        return failure instanceof RuntimeException || failure instanceof Error
                ? "the source failed: " + failure
                : String.valueOf(failure.getMessage());
    }

    private void retryAfter(String failure) {
        if (isStopRequested()) {
            clearRestart();
            return;
        }
        lastError = MaskedUrl.of(failure); // before the state: who sees that it is retried sees why
        state = SourceState.RETRYING;
        var wait = backoff.next();
        LOG.warn("source lost stream={} cause={} retryMillis={}", stream, lastError, wait.toMillis());
        waitFor(wait);
        clearRestart();
    }

    private void waitFor(Duration wait) {
        lock.lock();
        try {
            long nanos = wait.toNanos();
            while (nanos > 0 && !closed && !restart) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException _) {
            LOG.debug("source wait interrupted stream={}", stream);
        } finally {
            lock.unlock();
        }
    }

    private void setInput(@Nullable SourceInput input) {
        lock.lock();
        try {
            current = input;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopRequested() {
        lock.lock();
        try {
            return closed || restart;
        } finally {
            lock.unlock();
        }
    }

    private void clearRestart() {
        lock.lock();
        try {
            if (restart) {
                restart = false;
                backoff.reset();
            }
        } finally {
            lock.unlock();
        }
    }
}
