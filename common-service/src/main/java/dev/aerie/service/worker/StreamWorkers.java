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

/// The streams that this replica works on: begins what the work queue assigns, ends what ended, restarts what is
/// asked, and begins anew what failed.
///
/// The work on a stream that fails, or cannot be begun, concerns that stream alone. It is begun anew after 1, 2, 5, 10
/// and 30 s; when it has failed [#MAX_FAILURES] times without a frame in between, the stream goes back to the work
/// queue after [#GIVE_BACK_DELAY]. [#statuses] says how each stream stands.
///
/// Every change is made on one thread of its own, in the order in which it was heard of, so nobody waits for a
/// connection to close. Owns that thread and all work until [#close].
public final class StreamWorkers<S extends StreamWorker>
        implements StreamWorkQueue.Worker, MessageHandler, AutoCloseable {

    /// The exchanges to be read into [#accept].
    public static final List<String> EXCHANGES = List.of(Exchanges.STREAM_EVENTS, Exchanges.RESTART);

    /// So many failures in a row, without a frame in between, are not tried again here.
    public static final int MAX_FAILURES = 5;

    /// How long a stream that is given up stays here before the work queue has it back.
    public static final Duration GIVE_BACK_DELAY = Duration.ofSeconds(30);

    /// So many streams that [Job#wants] refuses are held beside those that are worked on.
    public static final int MAX_SKIPPED = SkippedStreams.MAX;

    private static final Logger LOG = LoggerFactory.getLogger(StreamWorkers.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(25);

    /// How long a refused stream is held, so that one that every replica refuses does not go round and round.
    private static final Duration REFUSAL_DELAY = Duration.ofSeconds(2);

    /// How long a session that seems to be an older one than that which is worked on may wait for the frames to tell.
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

    /// What a service does with a stream. Called on the thread of changes; may wait.
    public interface Job<S extends StreamWorker> {

        /// Whether there is anything to do for a stream. One that is not wanted is held and nothing more, so that it
        /// keeps no other one waiting; such a service takes [#MAX_SKIPPED] more streams than it works on.
        default boolean wants(String stream) {
            return true;
        }

        /// Begins to work on a stream. Throws [WorkerNotStartableException] where that cannot be done here: another
        /// replica
        /// is asked then. Whatever else it throws is tried again.
        S begin(StreamAssignment assignment, WorkListener listener);

        /// As [#begin] after `before` was closed, its memory gone, what people set on it kept.
        default S again(S before, WorkListener listener) {
            return begin(before.assignment(), listener);
        }

        /// The work is closed. Called by several threads at once when all of it is.
        default void left(S work) {}

        /// Nothing more will come of this session; told before the broker forgets it.
        default void ended(StreamAssignment assignment) {}
    }

    /// When failed work is begun anew, and how long what is given up stays here.
    ///
    /// - `steps`: the waits in their order, as in [Backoff]
    record Retries(List<Duration> steps, Duration giveBackDelay, Duration doubtDelay) {}

    /// - `service`: our own name, as requests to restart use it
    public StreamWorkers(String service, Job<S> job) {
        this(service, job, new Retries(Backoff.DEFAULT_STEPS, GIVE_BACK_DELAY, DOUBT_DELAY));
    }

    StreamWorkers(String service, Job<S> job, Retries retries) {
        this.service = service;
        this.job = job;
        this.retries = retries;
    }

    /// The work that runs now.
    public Collection<S> all() {
        return slots.values().stream()
                .map(WorkerSlot::work)
                .flatMap(Optional::stream)
                .toList();
    }

    public Optional<S> find(String stream) {
        return Optional.ofNullable(slots.get(stream)).flatMap(WorkerSlot::work);
    }

    /// How each stream stands: those assigned here, and those that are on their way back to the work queue.
    public List<StreamStatus> statuses() {
        return Stream.concat(slots.values().stream().map(WorkerSlot::status), givenBack.values().stream())
                .toList();
    }

    /// How often work on a stream was begun, restarts included.
    public long begun() {
        return begun.sum();
    }

    /// How many streams were left: their session ended, or another replica has them.
    public long left() {
        return left.sum();
    }

    /// Why no stream is worked on though some are assigned, in words; empty while one is, and where none is assigned.
    public String trouble() {
        var all = statuses();
        boolean isIdle = !all.isEmpty() && all.stream().allMatch(StreamStatus::isFailed);
        return isIdle ? all.getFirst().stream() + ": " + all.getFirst().cause() : "";
    }

    /// Whether changes are made: false once one of them has not come to its end for minutes.
    public boolean isResponsive() {
        return heartbeat.isBeating();
    }

    /// Whether nothing of what was closed runs any more: only then may be freed what all of it uses.
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

    /// Begins a stream's work anew, its memory gone; false where it is not worked on here.
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

    /// There was time for the frames to tell.
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
                    return; // told late of a work that was begun anew meanwhile
                }
                boolean framesFlowed = work.statistics().processed() > 0;
                stop(slot);
                StreamWorkers.this.failed(slot, cause, framesFlowed);
            }));
        }
    }

    /// The work failed, or could not be begun: it is tried again, or given up.
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

    /// The session is over: nobody needs to work on it any more.
    private void finish(StreamAssignment assignment) {
        drop(assignment);
        job.ended(assignment);
        assignment.release();
    }

    /// Stops working on the assignment, if it is still the one that is worked on.
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
