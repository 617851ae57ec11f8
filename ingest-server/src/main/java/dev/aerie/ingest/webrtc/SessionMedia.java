package dev.aerie.ingest.webrtc;

import java.util.function.Consumer;

/// What a session sends or receives. Called on the session's event loop.
sealed interface SessionMedia permits ReaderMedia, PublisherMedia {

    /// The stream's name.
    String stream();

    /// Both ends have keys.
    ///
    /// - `session`, `remote`: for the log
    /// - `socket`: sends a datagram to the other end
    void begin(DtlsServer.Exported keys, String session, String remote, Consumer<byte[]> socket);

    /// Takes a datagram of SRTP; returns whether the other end sent it. Not called before [#begin].
    boolean rtp(byte[] datagram, long nowNanos);

    /// Takes a datagram of SRTCP; returns whether the other end sent it. Not called before [#begin].
    boolean rtcp(byte[] datagram, long nowNanos);

    /// Called about once a second from [#begin] on.
    void tick(long nowNanos);

    /// The session has ended, whether it began or not.
    void end(String session, String reason);
}
