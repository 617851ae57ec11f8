package dev.aerie.rtsp;

/// What a health check says about one consumer.
///
/// - `detail`: the last loss or the bug, in words; empty if there is nothing to say
public record ConsumerHealth(ConsumerState state, String detail) {

    /// Whether the process may go on: false only after a bug.
    public boolean isAlive() {
        return state != ConsumerState.FAILED;
    }

    /// Whether video flows now.
    public boolean isLive() {
        return state == ConsumerState.LIVE;
    }
}
