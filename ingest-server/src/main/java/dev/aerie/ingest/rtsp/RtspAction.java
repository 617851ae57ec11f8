package dev.aerie.ingest.rtsp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a client does with a stream.
enum RtspAction {
    READ,
    PUBLISH;

    /// By its name in a file of users: `read` or `publish`.
    static Optional<RtspAction> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }
}
