package dev.aerie.ingest.watch;

import dev.aerie.messages.FrameResult;
import dev.aerie.messages.TrackedObject;
import org.jspecify.annotations.Nullable;

/// A tracked object began, was seen again, or is gone.
///
/// - `before`: as it was told of last; null when it begins
/// - `after`: as it is in the last frame where it was detected
public record TrackChange(Kind kind, @Nullable Track before, Track after) {

    /// What happened.
    public enum Kind {
        BEGAN,
        UPDATED,
        ENDED
    }

    /// An object that was detected (state `confirmed`).
    ///
    /// - `firstNanos`: capture time of the first such frame
    /// - `topScore`: the highest so far
    /// - `result`: the frame's, with its envelope and size
    public record Track(FrameResult result, TrackedObject object, long firstNanos, double topScore) {

        /// The same for one object everywhere and always.
        public String id() {
            return result.envelope().frameId().session() + "-" + object.id();
        }

        public String stream() {
            return result.envelope().frameId().stream();
        }

        /// Capture time of the frame.
        public long lastNanos() {
            Long nanos = result.envelope().captureTimeNanos();
            return nanos == null ? firstNanos : nanos;
        }
    }
}
