package dev.aerie.slam.output;

import java.time.Duration;

/// What may stay of the files of sessions that are over. Zero means no bound, of each of them.
///
/// - `keep`: a session's files stay so long after the last of them was written
/// - `bytes`: so much of all sessions
public record SlamRetention(Duration keep, long bytes) {

    public SlamRetention {
        if (keep.isNegative() || bytes < 0) {
            throw new IllegalArgumentException("limits of retention must not be negative");
        }
    }
}
