package dev.aerie.service.worker;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.ConsumerHealth;
import dev.aerie.rtsp.ConsumerStatistics;

/// The work on one session whose state is that of its consumer. Owns the consumer.
public abstract class SessionWorker implements StreamWorker {

    private final StreamAssignment assignment;
    private final SessionConsumer<?> consumer;

    /// - `consumer`: owned by this worker from now on
    protected SessionWorker(StreamAssignment assignment, SessionConsumer<?> consumer) {
        this.assignment = assignment;
        this.consumer = consumer;
    }

    @Override
    public final StreamAssignment assignment() {
        return assignment;
    }

    @Override
    public ConsumerHealth health() {
        return consumer.health();
    }

    @Override
    public final ConsumerStatistics statistics() {
        return consumer.statistics();
    }

    @Override
    public final String seenSession() {
        return consumer.seenSession();
    }

    @Override
    public final boolean hasEnded() {
        return consumer.hasEnded();
    }

    /// Ends the consumer. The consumer's own thread closes the resources of the work after the last frame.
    @Override
    public void close() {
        consumer.close();
    }
}
