package dev.aerie.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What the user asked of `./aerie bench worker`.
///
/// - `runFor`: how long the worker works
/// - `video`: a file with H.264 video that is its stream, in a loop; empty for the rendered scene
public record WorkerOptions(Duration runFor, Optional<Path> video) {

    private static final double SECONDS_PER_MINUTE = 60;

    public WorkerOptions {
        if (runFor.toSeconds() < 1) {
            throw new IllegalArgumentException("--minutes is at least 1/60");
        }
        if (video.isPresent() && !Files.isReadable(video.get())) {
            throw new IllegalArgumentException("--video: no such file: " + video.get());
        }
    }

    /// - `minutes`: may be a fraction
    public static WorkerOptions of(double minutes, Optional<Path> video) {
        return new WorkerOptions(Duration.ofMillis(Math.round(minutes * SECONDS_PER_MINUTE * 1000)), video);
    }
}
