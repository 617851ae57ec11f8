package dev.aerie.storage.work;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The streams that this replica records: begins what the work queue assigns, ends what ended, restarts what is asked.
///
/// Every change is made on one thread of its own, in the order in which it was heard of, so nobody waits for a segment
/// to close. Owns that thread and all recordings until [#close].
public final class StreamRecordings implements StreamWorkQueue.Worker, MessageHandler, AutoCloseable {

    /// The exchanges to be read into [#accept].
    public static final List<String> EXCHANGES = List.of(Exchanges.STREAM_EVENTS, Exchanges.RESTART);

    private static final Logger LOG = LoggerFactory.getLogger(StreamRecordings.class);
    private static final long CLOSE_SECONDS = 25;

    private final RecordingWork work;
    private final BiConsumer<String, String> ended;
    private final Map<String, StreamRecording> running = new ConcurrentHashMap<>();
    private final ExecutorService changes = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("streams").daemon().factory());

    /// - `ended`: told stream and session of which nothing more will come
    public StreamRecordings(RecordingWork work, BiConsumer<String, String> ended) {
        this.work = work;
        this.ended = ended;
    }

    /// What this replica records now.
    public Collection<StreamRecording> all() {
        return List.copyOf(running.values());
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
        change(() -> all().parallelStream().forEach(this::stop));
        changes.shutdown();
        try {
            if (!changes.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("recordings do not end waitedSeconds={}", CLOSE_SECONDS);
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
        StreamRecording older = running.get(assignment.stream());
        if (older != null && older.session().compareTo(assignment.session()) >= 0) {
            assignment.release();
            return;
        }
        if (older != null) {
            finish(older.assignment());
        }
        start(assignment);
    }

    private void start(StreamAssignment assignment) {
        Runnable over = () -> change(() -> finish(assignment));
        running.put(assignment.stream(), StreamRecording.begin(assignment, work, over));
    }

    /// The session is over: nobody needs to record it any more.
    private void finish(StreamAssignment assignment) {
        drop(assignment);
        ended.accept(assignment.stream(), assignment.session());
        assignment.release();
    }

    /// Stops recording the assignment, if it is still the one that is recorded.
    private void drop(StreamAssignment assignment) {
        StreamRecording recording = running.get(assignment.stream());
        if (recording != null && recording.session().equals(assignment.session())) {
            stop(recording);
        }
    }

    private void stop(StreamRecording recording) {
        recording.close();
        running.remove(recording.stream());
        LOG.info("stream left stream={} session={}", recording.stream(), recording.session());
    }

    private void heed(StreamEvent event) {
        var id = event.envelope().frameId();
        StreamRecording recording = running.get(id.stream());
        if (recording == null) {
            return;
        }
        boolean over = switch (event.event()) {
            case ENDED -> id.session().equals(recording.session());
            case STARTED -> id.session().compareTo(recording.session()) > 0;
            case CHANGED, STALLED -> false;
        };
        if (over) {
            finish(recording.assignment());
        }
    }

    private void restart(RestartRequest request) {
        for (StreamRecording recording : all()) {
            if (request.concerns(work.service(), recording.stream())) {
                LOG.info("stream restarted stream={} cause={}", recording.stream(), request.reason());
                stop(recording);
                start(recording.assignment());
            }
        }
    }
}
