package dev.aerie.ingest.source;

import dev.aerie.video.StreamTime;
import java.io.IOException;
import java.time.Duration;

/// Delays frames to their presentation times: pts 0 is now, pts 90000 one second later. One owner.
final class Pace {

    /// A delay longer than this is not caught up: the machine was suspended.
    private static final long FORGIVEN_NANOS = 1_000_000_000L;

    private boolean begun;
    private long zeroNanos;

    /// Waits for the time of `ptsTicks90k`. Throws [IOException] when interrupted.
    void await(long ptsTicks90k) throws IOException {
        long offset = StreamTime.nanosFromTicks90k(ptsTicks90k);
        long now = System.nanoTime();
        if (!begun || now - zeroNanos - offset > FORGIVEN_NANOS) {
            begun = true;
            zeroNanos = now - offset;
        }
        long wait = zeroNanos + offset - now;
        if (wait > 0) {
            try {
                Thread.sleep(Duration.ofNanos(wait));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
