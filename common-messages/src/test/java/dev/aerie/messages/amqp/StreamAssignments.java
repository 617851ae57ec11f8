package dev.aerie.messages.amqp;

import dev.aerie.messages.StreamEvent;

/// Assignments for tests of those who work on streams: no broker knows of them.
public final class StreamAssignments {

    private StreamAssignments() {}

    public static StreamAssignment of(StreamEvent started) {
        return new StreamAssignment(started, new HeldStreams());
    }
}
