package dev.aerie.frames.pipeline;

import dev.aerie.messages.Exchanges;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.RestartRequest;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.MessageHandler;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.vision.onnx.ModelException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The streams that this replica works on: begins what the work queue assigns, ends what ended, restarts what is
/// asked.
///
/// Every change is made on one thread of its own, in the order in which it was heard of, so nobody waits for a
/// connection to close. Owns that thread and all work until [#close].
public final class StreamProcessors implements StreamWorkQueue.Worker, MessageHandler, AutoCloseable {

    /// The exchanges to be read into [#accept].
    public static final List<String> EXCHANGES = List.of(Exchanges.STREAM_EVENTS, Exchanges.RESTART);

    private static final Logger LOG = LoggerFactory.getLogger(StreamProcessors.class);
    private static final long CLOSE_SECONDS = 20;

    private final Pipeline pipeline;
    private final Supplier<StreamControl> firstControl;
    private final AtomicLong errorsOfEnded = new AtomicLong();
    private final Map<String, StreamWork> running = new ConcurrentHashMap<>();
    private final ExecutorService changes = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("streams").daemon().factory());

    /// - `firstControl`: how a stream is worked on at first
    public StreamProcessors(Pipeline pipeline, Supplier<StreamControl> firstControl) {
        this.pipeline = pipeline;
        this.firstControl = firstControl;
    }

    /// What this replica works on now.
    public Collection<StreamWork> all() {
        return List.copyOf(running.values());
    }

    /// Pictures on which a model failed, of all streams since the start.
    public long errors() {
        return errorsOfEnded.get()
                + running.values().stream().mapToLong(StreamWork::errors).sum();
    }

    public Optional<StreamWork> find(String stream) {
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

    @Override
    public void close() {
        change(() -> all().forEach(this::stop));
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
        StreamWork older = running.get(assignment.stream());
        if (older != null && older.session().compareTo(assignment.session()) >= 0) {
            assignment.release();
            return;
        }
        if (older != null) {
            finish(older.assignment());
        }
        start(assignment, firstControl.get());
    }

    private void start(StreamAssignment assignment, StreamControl control) {
        Runnable over = () -> change(() -> finish(assignment));
        try {
            running.put(assignment.stream(), StreamWork.begin(assignment, control, pipeline, over));
        } catch (ModelException e) {
            LOG.error("stream refused stream={} cause={}", assignment.stream(), e.getMessage());
            assignment.giveBack();
        }
    }

    /// The session is over: nobody needs to work on it any more.
    private void finish(StreamAssignment assignment) {
        drop(assignment);
        assignment.release();
    }

    /// Stops working on the assignment, if it is still the one that is worked on.
    private void drop(StreamAssignment assignment) {
        StreamWork work = running.get(assignment.stream());
        if (work != null && work.session().equals(assignment.session())) {
            stop(work);
        }
    }

    private void stop(StreamWork work) {
        running.remove(work.stream());
        work.close();
        errorsOfEnded.addAndGet(work.errors());
        LOG.info("stream left stream={} session={}", work.stream(), work.session());
    }

    private void heed(StreamEvent event) {
        var id = event.envelope().frameId();
        StreamWork work = running.get(id.stream());
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
        for (StreamWork work : all()) {
            if (request.concerns(pipeline.producer().service(), work.stream())) {
                LOG.info("stream restarted stream={} cause={}", work.stream(), request.reason());
                stop(work);
                start(work.assignment(), work.control());
            }
        }
    }
}
