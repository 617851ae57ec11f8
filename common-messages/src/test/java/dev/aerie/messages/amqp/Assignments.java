package dev.aerie.messages.amqp;

import dev.aerie.messages.StreamEvent;

/// Assignments without a broker, for tests of what works on them.
public final class Assignments {

    private Assignments() {}

    /// One that nobody waits for: it may be released as any other.
    public static StreamAssignment of(StreamEvent started) {
        return new StreamAssignment(started, new UnackedSessions());
    }
}
