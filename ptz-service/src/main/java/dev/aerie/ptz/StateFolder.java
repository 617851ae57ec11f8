package dev.aerie.ptz;

import java.nio.file.Path;
import java.util.Optional;

/// Where the service keeps what it has learnt: `PTZ_STATE_PATH`.
final class StateFolder {

    private StateFolder() {}

    /// - `configured`: empty for `~/.aerie/ptz`; a `~` before a `/` is the home directory
    static Path of(Optional<String> configured) {
        String home = System.getProperty("user.home");
        return configured
                .filter(path -> !path.isBlank())
                .map(path -> Path.of(path.startsWith("~/") ? home + path.substring(1) : path))
                .orElse(Path.of(home, ".aerie", "ptz"));
    }
}
