package dev.aerie.service.stage;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import org.jspecify.annotations.Nullable;

/// The time at which a frame was captured, and the clock that measured it.
record Capture(long unixNanos, CaptureClock clock) {

    /// Null if the message is not about a frame.
    static @Nullable Capture of(Envelope envelope) {
        Long captured = envelope.captureTimeNanos();
        CaptureClock clock = envelope.clock();
        return envelope.frameNumber() == null || captured == null || clock == null
                ? null
                : new Capture(captured, clock);
    }

    boolean isReplayed() {
        return clock == CaptureClock.REPLAY;
    }
}
