package dev.aerie.frames.overlay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Until when annotated video is requested, by stream. Safe for several threads.
public final class OverlayRequests {

    private final InstantSource clock;
    private final Map<String, Instant> untilByStream = new ConcurrentHashMap<>();

    public OverlayRequests(InstantSource clock) {
        this.clock = clock;
    }

    /// Requests annotated video of `stream` for `duration` from now on; another request prolongs it.
    public void request(String stream, Duration duration) {
        untilByStream.merge(
                stream, clock.instant().plus(duration), (old, requested) -> requested.isAfter(old) ? requested : old);
    }

    public void end(String stream) {
        untilByStream.remove(stream);
    }

    public boolean isWanted(String stream) {
        Instant until = untilByStream.get(stream);
        if (until == null) {
            return false;
        }
        if (clock.instant().isBefore(until)) {
            return true;
        }
        untilByStream.remove(stream, until);
        return false;
    }
}
