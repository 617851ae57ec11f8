package dev.aerie.simulator.drone;

import dev.aerie.simulator.truth.ImuNoise;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// A drone's target and its options.
///
/// - `ingest`: `ws://host:5001`, `http` for `ws` is understood
/// - `stream`: name of the stream
/// - `credentials`: `user:password` for HTTP Basic
/// - `chunkBytes`: maximum size of a message, into which units are split; 0 sends each unit whole
/// - `runFor`: duration of the flight; empty for an endless one
/// - `firstRetry`, `longestRetry`: waits between attempts to connect, doubling from one to the other
public record DroneConfig(
        URI ingest,
        String stream,
        Optional<String> credentials,
        int chunkBytes,
        Optional<Duration> runFor,
        ImuNoise imuNoise,
        Duration firstRetry,
        Duration longestRetry) {

    public DroneConfig {
        if (chunkBytes < 0) {
            throw new IllegalArgumentException("chunkBytes must be >= 0, was " + chunkBytes);
        }
        if (!firstRetry.isPositive() || longestRetry.compareTo(firstRetry) < 0) {
            throw new IllegalArgumentException("retries want 0 < first <= longest");
        }
    }

    /// Whole units, no credentials, no noise, endless; retries after 1 to 30 s.
    public static DroneConfig of(URI ingest, String stream) {
        return new DroneConfig(
                ingest,
                stream,
                Optional.empty(),
                0,
                Optional.empty(),
                ImuNoise.NONE,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30));
    }

    public DroneConfig withChunkBytes(int bytes) {
        return new DroneConfig(ingest, stream, credentials, bytes, runFor, imuNoise, firstRetry, longestRetry);
    }

    public DroneConfig withRunFor(Duration duration) {
        return new DroneConfig(
                ingest, stream, credentials, chunkBytes, Optional.of(duration), imuNoise, firstRetry, longestRetry);
    }

    public DroneConfig withCredentials(String userAndPassword) {
        return new DroneConfig(
                ingest, stream, Optional.of(userAndPassword), chunkBytes, runFor, imuNoise, firstRetry, longestRetry);
    }

    public DroneConfig withImuNoise(ImuNoise noise) {
        return new DroneConfig(ingest, stream, credentials, chunkBytes, runFor, noise, firstRetry, longestRetry);
    }

    public DroneConfig withRetries(Duration first, Duration longest) {
        return new DroneConfig(ingest, stream, credentials, chunkBytes, runFor, imuNoise, first, longest);
    }

    /// `ws://host:port/ws/<kind>/<stream>`.
    URI endpoint(String kind) {
        String base = ingest.toString().replaceFirst("^http", "ws").replaceFirst("/+$", "");
        return URI.create(base + "/ws/" + kind + "/" + stream);
    }

    // Never the credentials: this ends up in logs.
    @Override
    public String toString() {
        return "DroneConfig[stream=" + stream + ", chunkBytes=" + chunkBytes + "]";
    }
}
