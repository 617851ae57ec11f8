package dev.aerie.service.worker;

import dev.aerie.messages.Envelope;
import dev.aerie.messages.Message;
import dev.aerie.messages.Producer;
import dev.aerie.messages.WorkerStatus;
import dev.aerie.threads.BackgroundThread;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Publishes the state of each of this replica's streams: each change within a second, and an unchanged state every
/// five seconds, for receivers that join late.
///
/// Owns its thread until [#close], which reports for every stream that this replica no longer works on it.
public final class WorkerStatusPublisher implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int LOOKS_PER_REPEAT = 5;

    private final Supplier<List<StreamStatus>> statuses;
    private final Producer producer;
    private final InstantSource clock;
    private final Consumer<Message> publish;
    private final BackgroundThread thread = BackgroundThread.every("worker-status", LOOK_EVERY, this::look);
    private final Map<String, PublishedStatus> published = new HashMap<>();

    private record PublishedStatus(StreamStatus status, int looksAgo) {}

    /// - `publish`: must not wait
    public WorkerStatusPublisher(
            Supplier<List<StreamStatus>> statuses, Producer producer, InstantSource clock, Consumer<Message> publish) {
        this.statuses = statuses;
        this.producer = producer;
        this.clock = clock;
        this.publish = publish;
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.close();
        endAllBut(Map.of());
    }

    /// Publishes changed states, and those not published for a while.
    void look() {
        var now = new HashMap<String, StreamStatus>();
        statuses.get().forEach(status -> now.put(status.stream(), status));
        endAllBut(now);
        now.values().forEach(this::tell);
    }

    private void tell(StreamStatus status) {
        PublishedStatus before = published.get(status.stream());
        int looksAgo = before != null && before.status().equals(status) ? before.looksAgo() + 1 : LOOKS_PER_REPEAT;
        boolean isDue = looksAgo >= LOOKS_PER_REPEAT;
        if (isDue) {
            publish.accept(message(status, status.state(), status.cause()));
        }
        published.put(status.stream(), new PublishedStatus(status, isDue ? 0 : looksAgo));
    }

    private void endAllBut(Map<String, StreamStatus> now) {
        published.values().removeIf(before -> {
            boolean isGone = !now.containsKey(before.status().stream());
            if (isGone) {
                publish.accept(message(before.status(), WorkerStatus.State.ENDED, null));
            }
            return isGone;
        });
    }

    private WorkerStatus message(StreamStatus status, WorkerStatus.State state, @Nullable String cause) {
        var envelope = new Envelope(status.stream(), status.session(), null, null, null, clock.instant(), producer);
        return new WorkerStatus(
                envelope,
                producer.service(),
                producer.instance(),
                state,
                cause == null || cause.isEmpty() ? null : cause,
                status.failures());
    }
}
