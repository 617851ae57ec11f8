package dev.aerie.ingest.rtsp;

import java.time.Duration;

/// How long the server waits, and for what. All are at least a millisecond.
///
/// - `session`: a client that sends neither a request nor RTCP for so long is dropped
/// - `publisher`: a publisher that sends no RTP packet for so long is ended
/// - `stalledReader`: a reader whose connection takes no byte for so long is kicked
/// - `describe`: DESCRIBE waits so long for the first IDR frame of a stream that is there, then answers 404
/// - `nonce`: a Digest nonce is valid for so long, then the client is told that it is stale
public record RtspTimeouts(
        Duration session, Duration publisher, Duration stalledReader, Duration describe, Duration nonce) {

    public RtspTimeouts {
        atLeastOneMilli("session", session);
        atLeastOneMilli("publisher", publisher);
        atLeastOneMilli("stalledReader", stalledReader);
        atLeastOneMilli("describe", describe);
        atLeastOneMilli("nonce", nonce);
    }

    /// 60 s a session, 10 s a publisher, 10 s a stalled reader, 5 s DESCRIBE, 5 min a nonce.
    public static RtspTimeouts defaults() {
        return new RtspTimeouts(
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5));
    }

    private static void atLeastOneMilli(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(name + " must be at least 1 ms, was " + value);
        }
    }
}
