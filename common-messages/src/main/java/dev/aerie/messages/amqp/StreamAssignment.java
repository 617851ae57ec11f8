package dev.aerie.messages.amqp;

import dev.aerie.messages.StreamEvent;

/// One session of one stream that this replica works on.
public final class StreamAssignment {

    private final StreamEvent started;
    private final HeldStreams held;

    StreamAssignment(StreamEvent started, HeldStreams held) {
        this.started = started;
        this.held = held;
    }

    /// What the ingest said when the session started.
    public StreamEvent started() {
        return started;
    }

    public String stream() {
        return started.envelope().frameId().stream();
    }

    public String session() {
        return started.envelope().frameId().session();
    }

    StreamSession key() {
        return StreamSession.of(started);
    }

    /// The work is over: the session ended, or a newer one of the same stream started. Holds also while the broker is
    /// away; a second call does nothing.
    public void release() {
        held.release(this);
    }

    /// This replica cannot do the work: gives the stream back to the queue, for any replica. A second call does
    /// nothing.
    public void giveBack() {
        held.giveBack(this);
    }
}
