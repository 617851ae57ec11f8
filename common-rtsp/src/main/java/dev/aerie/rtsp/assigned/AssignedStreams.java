package dev.aerie.rtsp.assigned;

import dev.aerie.messages.Exchanges;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.RestartRequest;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.MessageHandler;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.messages.amqp.StreamWorkQueue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The streams that this replica works on: begins what the work queue assigns, ends what ended, restarts what is
/// asked.
///
/// Every change is made on one thread of its own, in the order in which it was heard of, so nobody waits for a
/// connection to close. Owns that thread and all work until [#close].
public final class AssignedStreams<S extends AssignedStream>
        implements StreamWorkQueue.Worker, MessageHandler, AutoCloseable {

    /// The exchanges to be read into [#accept].
    public static final List<String> EXCHANGES = List.of(Exchanges.STREAM_EVENTS, Exchanges.RESTART);

    private static final Logger LOG = LoggerFactory.getLogger(AssignedStreams.class);
    private static final long CLOSE_SECONDS = 25;

    /// How long a refused stream is held, so that one that every replica refuses does not go round and round.
    private static final long REFUSAL_SECONDS = 2;

    private final String service;
    private final Job<S> job;
    private final Map<String, S> running = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor changes = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("streams").daemon().factory());

    /// What a service does with a stream. Called on the thread of changes; may wait.
    public interface Job<S extends AssignedStream> {

        /// Begins to work on a stream; `over` is to be told, perhaps more than once, when its session is found to be
        /// over. Throws [StreamRefusedException] where that cannot be done here: another replica is asked then.
        S begin(StreamAssignment assignment, Runnable over);

        /// As [#begin] after `before` was closed, its memory gone, what people set on it kept.
        default S again(S before, Runnable over) {
            return begin(before.assignment(), over);
        }

        /// The work is closed. Called by several threads at once when all of it is.
        default void left(S work) {}

        /// Nothing more will come of this session; told before the broker forgets it.
        default void ended(StreamAssignment assignment) {}
    }

    /// - `service`: our own name, as requests to restart use it
    public AssignedStreams(String service, Job<S> job) {
        this.service = service;
        this.job = job;
        changes.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /// What this replica works on now.
    public Collection<S> all() {
        return List.copyOf(running.values());
    }

    public Optional<S> find(String stream) {
        return Optional.ofNullable(running.get(stream));
    }

    @Override
    public void assigned(StreamAssignment assignment) {
        change(() -> begin(assignment));
    }

    @Override
    public void revoked(StreamAssignment assignment) {
        change(() -> drop(assignment));
    }

    /// Takes a message of [#EXCHANGES].
    @Override
    public void accept(String exchange, byte[] body) throws MalformedMessageException {
        if (exchange.equals(Exchanges.RESTART)) {
            var request = Messages.read(RestartRequest.class, body);
            change(() -> restart(request));
        } else {
            var event = Messages.read(StreamEvent.class, body);
            change(() -> heed(event));
        }
    }

    /// Begins a stream's work anew, its memory gone; false where it is not worked on here.
    public boolean restart(String stream, String cause) {
        if (find(stream).isEmpty()) {
            return false;
        }
        change(() -> find(stream).ifPresent(work -> restart(work, cause)));
        return true;
    }

    @Override
    public void close() {
        change(() -> all().parallelStream().forEach(this::stop));
        changes.shutdown();
        try {
            if (!changes.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("streams do not end waitedSeconds={}", CLOSE_SECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void change(Runnable change) {
        try {
            changes.execute(change);
        } catch (RejectedExecutionException _) {
            LOG.debug("change not made cause=closing");
        }
    }

    private void begin(StreamAssignment assignment) {
        S older = running.get(assignment.stream());
        if (older != null && older.session().compareTo(assignment.session()) >= 0) {
            assignment.release();
            return;
        }
        if (older != null) {
            finish(older.assignment());
        }
        start(assignment, over -> job.begin(assignment, over));
    }

    private void start(StreamAssignment assignment, Function<Runnable, S> begin) {
        try {
            running.put(assignment.stream(), begin.apply(() -> change(() -> finish(assignment))));
        } catch (StreamRefusedException e) {
            LOG.error("stream refused stream={} cause={}", assignment.stream(), e.getMessage());
            var _ = changes.schedule(assignment::giveBack, REFUSAL_SECONDS, TimeUnit.SECONDS);
        }
    }

    /// The session is over: nobody needs to work on it any more.
    private void finish(StreamAssignment assignment) {
        drop(assignment);
        job.ended(assignment);
        assignment.release();
    }

    /// Stops working on the assignment, if it is still the one that is worked on.
    private void drop(StreamAssignment assignment) {
        S work = running.get(assignment.stream());
        if (work != null && work.session().equals(assignment.session())) {
            stop(work);
        }
    }

    private void stop(S work) {
        running.remove(work.stream());
        work.close();
        job.left(work);
        LOG.info("stream left stream={} session={}", work.stream(), work.session());
    }

    private void heed(StreamEvent event) {
        var id = event.envelope().frameId();
        S work = running.get(id.stream());
        if (work == null) {
            return;
        }
        boolean over = switch (event.event()) {
            case ENDED -> id.session().equals(work.session());
            case STARTED -> id.session().compareTo(work.session()) > 0;
            case CHANGED, STALLED -> false;
        };
        if (over) {
            finish(work.assignment());
        }
    }

    private void restart(RestartRequest request) {
        for (S work : all()) {
            if (request.concerns(service, work.stream())) {
                restart(work, String.valueOf(request.reason()));
            }
        }
    }

    private void restart(S work, String cause) {
        LOG.info("stream restarted stream={} cause={}", work.stream(), cause);
        stop(work);
        start(work.assignment(), over -> job.again(work, over));
    }
}
