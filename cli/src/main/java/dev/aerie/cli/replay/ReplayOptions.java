package dev.aerie.cli.replay;

import java.net.URI;
import java.util.Optional;

/// What `./aerie replay` is asked to do.
///
/// - `recording`: its id
/// - `stream`: under which name it is shown; empty for its own
/// - `speed`: 1 is as it was
/// - `compare`: whether results are compared with the recorded ones
/// - `storage`, `ingest`: where the services' HTTP is
/// - `broker`: its URL
/// - `user`, `password`: of HTTP; empty for none
public record ReplayOptions(
        String recording,
        Optional<String> stream,
        double speed,
        boolean compare,
        boolean json,
        URI storage,
        URI ingest,
        String broker,
        Optional<String> user,
        String password) {

    private static final double FASTEST = 100;

    public ReplayOptions {
        if (!(speed > 0 && speed <= FASTEST)) {
            throw new IllegalArgumentException("--speed is above 0 and at most 100");
        }
    }
}
