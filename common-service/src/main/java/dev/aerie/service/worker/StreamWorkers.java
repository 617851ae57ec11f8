package dev.aerie.service.worker;

import dev.aerie.messages.Exchanges;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Message;
import dev.aerie.messages.Messages;
import dev.aerie.messages.RestartRequest;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.WorkerStatus.State;
import dev.aerie.messages.amqp.MessageHandler;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.threads.BackgroundTasks;
import dev.aerie.threads.Backoff;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The streams that this replica works on. Starts what the work queue assigns, stops ended sessions, restarts workers
/// on request, and restarts failed ones automatically.
///
/// A worker that fails, or cannot be started, affects its own stream only. It is restarted after 1, 2, 5, 10 and 30
/// s; after more than [#MAX_FAILURES] failures in a row without a frame in between, the stream goes back to the work
/// queue after [#GIVE_BACK_DELAY]. [#statuses] returns the state of each stream.
///
/// One dedicated thread, the management thread, makes all changes in the order of their requests, so that callers
/// never wait for a connection to close. This object owns that thread and all work until [#close].
public final class StreamWorkers<S extends StreamWorker>
        implements StreamWorkQueue.Worker, MessageHandler, AutoCloseable {

    /// The exchanges whose messages [#accept] takes.
    public static final List<String> EXCHANGES = List.of(Exchanges.STREAM_EVENTS, Exchanges.RESTART);

    /// Number of consecutive failures, without a frame in between, that are retried here.
    public static final int MAX_FAILURES = 5;

    /// How long this replica keeps a failed stream before it returns it to the work queue.
    public static final Duration GIVE_BACK_DELAY = Duration.ofSeconds(30);

    /// Number of streams refused by [Job#wants] that are held in addition to those that are worked on.
    public static final int MAX_SKIPPED = SkippedStreams.MAX;

    private static final Logger LOG = LoggerFactory.getLogger(StreamWorkers.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(25);

    /// How long a refused stream is held, so that a stream that every replica refuses does not circulate without
    /// pause.
    private static final Duration REFUSAL_DELAY = Duration.ofSeconds(2);

    /// How long a session that seems older than the current one may wait until frames decide.
    private static final Duration DOUBT_DELAY = Duration.ofSeconds(10);

    private final String service;
    private final Job<S> job;
    private final Retries retries;
    private final Map<String, WorkerSlot<S>> slots = new ConcurrentHashMap<>();
    private final Map<String, StreamStatus> givenBack = new ConcurrentHashMap<>();
    private final Set<StreamAssignment> doubtful = ConcurrentHashMap.newKeySet();
    private final SkippedStreams skipped = new SkippedStreams();
    private final Queue<S> closed = new ConcurrentLinkedQueue<>();
    private final Heartbeat heartbeat = new Heartbeat();
    private final LongAdder begun = new LongAdder();
    private final LongAdder left = new LongAdder();
    private final BackgroundTasks changes = new BackgroundTasks("streams");

    /// The work of a service on a stream. Called on the management thread; may wait.
    public interface Job<S extends StreamWorker> {

        /// Whether the service has anything to do for a stream. An unwanted stream is only held, so that it does not
        /// block others; such a service takes [#MAX_SKIPPED] more streams than it works on.
        default boolean wants(String stream) {
            return true;
        }

        /// Starts to work on a stream. Throws [WorkerNotStartableException] if this replica cannot; then another
        /// replica is asked. After any other exception the start is retried.
        S begin(StreamAssignment assignment, WorkListener listener);

        /// Starts again after `before` was closed. Its tracking state is lost, but what people have set on it is
        /// kept.
        default S again(S before, WorkListener listener) {
            return begin(before.assignment(), listener);
        }

        /// Called when the work is closed; by several threads at once when all work is closed.
        default void left(S work) {}

        /// Called when no more data of this session will come, before the broker forgets the session.
        default void ended(StreamAssignment assignment) {}
    }

    /// When failed work is restarted, and how long a stream that is given up stays here.
    ///
    /// - `steps`: the delays in order, as in [Backoff]
    record Retries(List<Duration> steps, Duration giveBackDelay, Duration doubtDelay) {}

    /// - `service`: this service's name in restart requests
    public StreamWorkers(String service, Job<S> job) {
        this(service, job, new Retries(Backoff.DEFAULT_STEPS, GIVE_BACK_DELAY, DOUBT_DELAY));
    }

    StreamWorkers(String service, Job<S> job, Retries retries) {
        this.service = service;
        this.job = job;
        this.retries = retries;
    }

    /// The running workers.
    public Collection<S> all() {
        return slots.values().stream()
                .map(WorkerSlot::work)
                .flatMap(Optional::stream)
                .toList();
    }

    public Optional<S> find(String stream) {
        return Optional.ofNullable(slots.get(stream)).flatMap(WorkerSlot::work);
    }

    /// The state of each stream: those assigned to this replica, and those on their way back to the work queue.
    public List<StreamStatus> statuses() {
        return Stream.concat(slots.values().stream().map(WorkerSlot::status), givenBack.values().stream())
                .toList();
    }

    /// Number of worker starts, including restarts.
    public long begun() {
        return begun.sum();
    }

    /// Number of streams that this replica stopped working on: the session ended, or another replica took it.
    public long left() {
        return left.sum();
    }

    /// Why all assigned streams fail, in words; empty if one works, and if none is assigned.
    public String trouble() {
        var all = statuses();
        boolean isIdle = !all.isEmpty() && all.stream().allMatch(StreamStatus::isFailed);
        return isIdle ? all.getFirst().stream() + ": " + all.getFirst().cause() : "";
    }

    /// Whether the management thread makes progress: false if one change has not finished for minutes.
    public boolean isResponsive() {
        return heartbeat.isBeating();
    }

    /// Whether all closed workers have ended; only then may their shared resources be freed.
    public boolean hasEnded() {
        closed.removeIf(StreamWorker::hasEnded);
        return closed.isEmpty() && slots.isEmpty();
    }

    @Override
    public void assigned(StreamAssignment assignment) {
        change(() -> {
            if (job.wants(assignment.stream())) {
                begin(assignment, true);
            } else {
                skipped.hold(assignment);
            }
        });
    }

    @Override
    public void revoked(StreamAssignment assignment) {
        change(() -> {
            doubtful.remove(assignment);
            skipped.revoked(assignment);
            drop(assignment);
        });
    }

    /// Takes a message of [#EXCHANGES].
    @Override
    public void accept(String exchange, byte[] body) throws MalformedMessageException {
        Message message = Messages.read(body);
        if (message instanceof RestartRequest request) {
            change(() -> restart(request));
        } else if (message instanceof StreamEvent event) {
            change(() -> onStreamEvent(event));
        }
    }

    /// Restarts the work on a stream without its state; false if the stream is not worked on here.
    public boolean restart(String stream, String cause) {
        if (!slots.containsKey(stream)) {
            return false;
        }
        change(() -> Optional.ofNullable(slots.get(stream)).ifPresent(slot -> restart(slot, cause)));
        return true;
    }

    @Override
    public void close() {
        change(() -> List.copyOf(slots.values()).parallelStream().forEach(this::remove));
        if (!changes.close(CLOSE_LIMIT)) {
            LOG.warn("streams do not end waitedSeconds={}", CLOSE_LIMIT.toSeconds());
        }
    }

    private void change(Runnable change) {
        changes.execute(() -> heartbeat.during(change));
    }

    private void changeAfter(Duration delay, Runnable change) {
        changes.after(delay, () -> heartbeat.during(change));
    }

    /// - `mayDoubt`: whether a session that seems to be an older one may be kept waiting
    private void begin(StreamAssignment assignment, boolean mayDoubt) {
        var current = slots.get(assignment.stream());
        if (current != null && !current.assignment().equals(assignment)) {
            switch (SessionSuccession.of(current, assignment, mayDoubt)) {
                case STALE -> {
                    LOG.info("stale session released stream={} session={}", assignment.stream(), assignment.session());
                    assignment.release();
                    return;
                }
                case DOUBTFUL -> {
                    doubtful.add(assignment);
                    changeAfter(retries.doubtDelay(), () -> decide(assignment));
                    return;
                }
                case NEXT -> finish(current.assignment());
            }
        }
        givenBack.remove(assignment.stream());
        var slot = new WorkerSlot<S>(assignment, new Backoff(retries.steps()));
        slots.put(assignment.stream(), slot);
        attempt(slot, listener -> job.begin(assignment, listener));
    }

    /// Called after the delay in which frames could have decided.
    private void decide(StreamAssignment assignment) {
        if (doubtful.remove(assignment)) {
            begin(assignment, false);
        }
    }

    private void attempt(WorkerSlot<S> slot, Function<WorkListener, S> begin) {
        try {
            slot.begun(begin.apply(new SlotListener(slot)));
            begun.increment();
        } catch (WorkerNotStartableException e) {
            LOG.error("stream refused stream={} cause={}", slot.stream(), e.getMessage());
            giveBack(slot, String.valueOf(e.getMessage()), REFUSAL_DELAY);
        } catch (RuntimeException | Error failure) {
            failed(slot, failure, false);
        }
    }

    private final class SlotListener implements WorkListener {

        private final WorkerSlot<S> slot;

        SlotListener(WorkerSlot<S> slot) {
            this.slot = slot;
        }

        @Override
        public void onSessionEnd() {
            change(() -> finish(slot.assignment()));
        }

        @Override
        public void failed(Throwable cause) {
            change(() -> slot.work().ifPresent(work -> {
                if (work.health().isAlive()) {
                    return; // a late notification: the work was restarted meanwhile
                }
                boolean framesFlowed = work.statistics().processed() > 0;
                stop(slot);
                StreamWorkers.this.failed(slot, cause, framesFlowed);
            }));
        }
    }

    /// Retries failed work, or gives the stream back.
    private void failed(WorkerSlot<S> slot, Throwable cause, boolean framesFlowed) {
        var wait = slot.failed(cause, framesFlowed);
        if (slot.failures() > MAX_FAILURES) {
            LOG.error("stream given back stream={} failures={}", slot.stream(), MAX_FAILURES, cause);
            giveBack(slot, String.valueOf(cause), retries.giveBackDelay());
            return;
        }
        LOG.error("work failed stream={} retryMillis={}", slot.stream(), wait.toMillis(), cause);
        changeAfter(wait, () -> {
            if (slots.get(slot.stream()) == slot && slot.work().isEmpty()) {
                attemptAgain(slot);
            }
        });
    }

    private void attemptAgain(WorkerSlot<S> slot) {
        attempt(
                slot,
                listener -> slot.last()
                        .map(before -> job.again(before, listener))
                        .orElseGet(() -> job.begin(slot.assignment(), listener)));
    }

    private void giveBack(WorkerSlot<S> slot, String cause, Duration delay) {
        slots.remove(slot.stream(), slot);
        var status = new StreamStatus(slot.stream(), slot.session(), State.GIVEN_BACK, cause, slot.failures());
        givenBack.put(slot.stream(), status);
        changeAfter(delay, () -> {
            slot.assignment().giveBack();
            changeAfter(retries.giveBackDelay(), () -> givenBack.remove(slot.stream(), status));
        });
    }

    /// Ends the work on a session that is over and releases its assignment.
    private void finish(StreamAssignment assignment) {
        drop(assignment);
        job.ended(assignment);
        assignment.release();
    }

    /// Stops the work on the assignment, if it is still the current one.
    private void drop(StreamAssignment assignment) {
        var slot = slots.get(assignment.stream());
        if (slot != null && slot.session().equals(assignment.session())) {
            remove(slot);
        }
    }

    private void remove(WorkerSlot<S> slot) {
        slots.remove(slot.stream(), slot);
        stop(slot);
        left.increment();
        LOG.info("stream left stream={} session={}", slot.stream(), slot.session());
    }

    private void stop(WorkerSlot<S> slot) {
        slot.work().ifPresent(work -> {
            slot.stopped();
            work.close();
            closed.add(work);
            closed.removeIf(StreamWorker::hasEnded);
            job.left(work);
        });
    }

    private void onStreamEvent(StreamEvent event) {
        skipped.onStreamEvent(event);
        var id = event.envelope().frameId();
        var slot = slots.get(id.stream());
        if (slot == null) {
            return;
        }
        boolean over = switch (event.event()) {
            case ENDED -> id.session().equals(slot.session());
            case STARTED -> id.session().compareTo(slot.session()) > 0;
            case CHANGED, STALLED -> false;
        };
        if (over) {
            finish(slot.assignment());
        }
    }

    private void restart(RestartRequest request) {
        for (WorkerSlot<S> slot : List.copyOf(slots.values())) {
            if (request.concerns(service, slot.stream())) {
                restart(slot, request.reason());
            }
        }
    }

    private void restart(WorkerSlot<S> slot, String cause) {
        LOG.info("stream restarted stream={} cause={}", slot.stream(), cause);
        stop(slot);
        attemptAgain(slot);
    }
}
