package dev.aerie.rtsp.assigned;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.ConsumerHealth;
import dev.aerie.rtsp.ConsumerStatistics;

/// The work on one session of one stream; owns all it needs until [#close].
public interface AssignedStream extends AutoCloseable {

    StreamAssignment assignment();

    ConsumerHealth health();

    ConsumerStatistics statistics();

    @Override
    void close();

    default String stream() {
        return assignment().stream();
    }

    default String session() {
        return assignment().session();
    }
}
