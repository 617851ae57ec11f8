package dev.aerie.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What the user asked of a demo.
///
/// - `video`: the clip that the drone flies; empty for the rendered scene
/// - `runFor`: how long; empty until Ctrl-C
/// - `headless`: opens no browser
/// - `offline`: fetches nothing
/// - `json`: prints the summary as one JSON object on the last line
public record DemoOptions(
        Optional<Path> video, Optional<Duration> runFor, boolean headless, boolean offline, boolean json) {

    public DemoOptions {
        if (runFor.isPresent() && (runFor.get().isNegative() || runFor.get().isZero())) {
            throw new IllegalArgumentException("a demo runs for at least 1 second, was " + runFor.get());
        }
    }
}
