package dev.aerie.messages.amqp;

import dev.aerie.messages.StreamEvent;

/// One session of one stream that this replica works on.
public final class StreamAssignment {

    private final StreamSession session;
    private final Giver giver;

    /// Who gave a stream to this replica, and has it back.
    public interface Giver {

        /// See [StreamAssignment#release].
        void release(StreamAssignment assignment);

        /// See [StreamAssignment#giveBack].
        void giveBack(StreamAssignment assignment);
    }

    /// - `started`: what the ingest said when the session started
    StreamAssignment(StreamEvent started, Giver giver) {
        this(StreamSession.of(started), giver);
    }

    private StreamAssignment(StreamSession session, Giver giver) {
        this.session = session;
        this.giver = giver;
    }

    /// One that no work queue gives.
    public static StreamAssignment of(String stream, String session, Giver giver) {
        return new StreamAssignment(new StreamSession(stream, session), giver);
    }

    public String stream() {
        return session.stream();
    }

    public String session() {
        return session.session();
    }

    StreamSession key() {
        return session;
    }

    /// The work is over: the session ended, or a newer one of the same stream started. Holds also while the broker
    /// is away; a second call does nothing.
    public void release() {
        giver.release(this);
    }

    /// This replica cannot do the work: gives the stream back, for any replica. A second call does nothing.
    public void giveBack() {
        giver.giveBack(this);
    }
}
