package dev.aerie.service.direct;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.threads.BackgroundTasks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Assigns the stream of `STREAM_NAME` to a worker that has no work queue: at the start, and again some time after
/// the worker finished or gave the stream back, because no other replica can take it.
///
/// Owns its thread until [#close]; nothing is assigned after that.
public final class DirectStream implements StreamAssignment.Giver, AutoCloseable {

    /// From the end of the work to its next start.
    public static final Duration AGAIN_AFTER = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(DirectStream.class);

    private final StreamSelection selection;
    private final StreamWorkQueue.Worker worker;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Duration againAfter;
    private final BackgroundTasks tasks = new BackgroundTasks("own-stream");
    private @Nullable StreamAssignment current;

    public DirectStream(
            StreamSelection selection, StreamWorkQueue.Worker worker, InstantSource clock, RandomGenerator random) {
        this(selection, worker, clock, random, AGAIN_AFTER);
    }

    DirectStream(
            StreamSelection selection,
            StreamWorkQueue.Worker worker,
            InstantSource clock,
            RandomGenerator random,
            Duration againAfter) {
        this.selection = selection;
        this.worker = worker;
        this.clock = clock;
        this.random = random;
        this.againAfter = againAfter;
    }

    /// Does nothing if the worker takes its streams from the work queue.
    public void start() {
        selection.ownStream().ifPresent(stream -> tasks.execute(() -> assign(stream)));
    }

    @Override
    public void release(StreamAssignment assignment) {
        takeBack(assignment);
    }

    @Override
    public void giveBack(StreamAssignment assignment) {
        takeBack(assignment);
    }

    @Override
    public void close() {
        tasks.close();
    }

    private void assign(String stream) {
        var assignment = StreamAssignment.of(stream, selection.beginSession(clock, random), this);
        LOG.info("own stream assigned stream={} session={}", stream, assignment.session());
        synchronized (this) {
            current = assignment;
        }
        worker.assigned(assignment);
    }

    private synchronized void takeBack(StreamAssignment assignment) {
        if (assignment.equals(current)) {
            current = null;
            tasks.after(againAfter, () -> assign(assignment.stream()));
        }
    }
}
