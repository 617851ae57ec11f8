package dev.aerie.service.worker;

import dev.aerie.messages.WorkerStatus.State;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.ConsumerState;
import dev.aerie.threads.Backoff;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One session that was assigned to this replica: its worker, or the reason why there is none now. Only the
/// management thread changes it; any thread may read it.
final class WorkerSlot<S extends StreamWorker> {

    private final StreamAssignment assignment;
    private final Backoff backoff;
    private volatile @Nullable S work;
    private volatile @Nullable S last;
    private volatile String failure = "";
    private volatile int failures;

    WorkerSlot(StreamAssignment assignment, Backoff backoff) {
        this.assignment = assignment;
        this.backoff = backoff;
    }

    StreamAssignment assignment() {
        return assignment;
    }

    String stream() {
        return assignment.stream();
    }

    String session() {
        return assignment.session();
    }

    /// The current worker; empty while the next attempt is awaited.
    Optional<S> work() {
        return Optional.ofNullable(work);
    }

    /// The worker of the previous attempt.
    Optional<S> last() {
        return Optional.ofNullable(last);
    }

    void begun(S begun) {
        work = begun;
        last = begun;
    }

    void stopped() {
        work = null;
    }

    /// Counts a failure of the worker or of its start. If frames have flowed since the last failure, it counts as the
    /// first one.
    ///
    /// - returns: the delay before the next attempt
    Duration failed(Throwable cause, boolean framesFlowed) {
        if (framesFlowed) {
            backoff.reset();
        }
        var wait = backoff.next();
        failures = backoff.failures();
        failure = String.valueOf(cause);
        return wait;
    }

    int failures() {
        return failures;
    }

    StreamStatus status() {
        S now = work;
        if (now == null) {
            var state = failure.isEmpty() ? State.STARTING : State.FAILED;
            return new StreamStatus(stream(), session(), state, failure, failures);
        }
        var health = now.health();
        return switch (health.state()) {
            case LIVE -> new StreamStatus(stream(), session(), State.RUNNING, now.trouble(), 0);
            case FAILED -> new StreamStatus(stream(), session(), State.FAILED, health.detail(), failures + 1);
            case NEW, CONNECTING, WAITING, CLOSED -> waiting(now, health.detail());
        };
    }

    private StreamStatus waiting(S now, String detail) {
        boolean isFirst = now.statistics().received() == 0 && now.health().state() != ConsumerState.WAITING;
        var state = isFirst ? State.STARTING : State.RECONNECTING;
        return new StreamStatus(stream(), session(), state, detail.isEmpty() ? failure : detail, failures);
    }
}
