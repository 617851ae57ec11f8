package dev.aerie.rtsp;

/// The health of one consumer.
///
/// - `detail`: description of the last loss or bug; empty without one
public record ConsumerHealth(ConsumerState state, String detail) {

    /// Liveness: false only after a bug.
    public boolean isAlive() {
        return state != ConsumerState.FAILED;
    }

    /// Readiness: video is being received.
    public boolean isLive() {
        return state == ConsumerState.LIVE;
    }
}
