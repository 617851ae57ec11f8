package dev.aerie.rtsp;

/// The state of a consumer.
public enum ConsumerState {
    /// Not started.
    NEW,
    /// Opening the connection, or waiting for the first unit.
    CONNECTING,
    /// Units arrive.
    LIVE,
    /// Waiting before the next attempt.
    WAITING,
    /// Ended by a bug; not restarted automatically.
    FAILED,
    /// Closed.
    CLOSED
}
