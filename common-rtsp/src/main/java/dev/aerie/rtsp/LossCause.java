package dev.aerie.rtsp;

/// Why a connection to a stream was given up.
public enum LossCause {
    /// It could not be opened: nobody there, wrong password.
    REFUSED,
    /// The server answers that it has no such stream.
    NO_SUCH_STREAM,
    /// The sender ended it.
    ENDED,
    /// It is open, but nothing came for too long.
    STALLED,
    /// It broke.
    BROKEN,
    /// Somebody asked for a fresh one.
    RESTARTED
}
