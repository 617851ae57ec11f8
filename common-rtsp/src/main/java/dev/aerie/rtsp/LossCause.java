package dev.aerie.rtsp;

/// Why a connection to a stream ended.
public enum LossCause {
    /// It could not be opened: no server, wrong password.
    REFUSED,
    /// The server answers that it has no such stream.
    NO_SUCH_STREAM,
    /// The sender ended it.
    ENDED,
    /// It was silent for longer than the stall time-out.
    STALLED,
    /// It broke.
    BROKEN,
    /// A restart was requested.
    RESTARTED
}
