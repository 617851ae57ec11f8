package dev.aerie.rtsp;

/// Where a consumer stands.
public enum ConsumerState {
    /// Not started.
    NEW,
    /// Opening the connection, or waiting for the first unit.
    CONNECTING,
    /// Units arrive.
    LIVE,
    /// Waiting before the next attempt.
    WAITING,
    /// A bug of ours ended it; it does not come back by itself.
    FAILED,
    /// Closed.
    CLOSED
}
