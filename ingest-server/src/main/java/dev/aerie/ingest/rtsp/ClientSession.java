package dev.aerie.ingest.rtsp;

import dev.aerie.rtsp.message.RtspMessage;
import java.nio.ByteBuffer;
import java.util.Optional;

/// What a client has set up on its connection: to read or to publish. Lives on the connection's event loop.
sealed interface ClientSession permits ReadSession, RecordSession {

    /// What stands in the Session header.
    String id();

    /// The stream that it reads or publishes.
    String stream();

    RtspResponse setup(RtspMessage.Request request) throws RefusedException;

    /// PLAY or RECORD.
    RtspResponse start(RtspMessage.Request request) throws RefusedException;

    RtspResponse pause() throws RefusedException;

    /// A packet on one of its interleaved channels, lent.
    void interleaved(int channel, ByteBuffer packet);

    /// Called now and then; why the session must end, if it must.
    Optional<String> overdue();

    /// Whether the client is known to be alive without sending requests.
    boolean isAlive();

    /// Gives back what belongs to the session; a second call does nothing.
    void close(String cause);
}
