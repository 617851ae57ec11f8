package dev.aerie.rtsp;

/// How units pass from the reader thread to the worker thread when the work is slower than the video.
public sealed interface BackpressurePolicy {

    /// Only the newest unit is kept: lowest latency, for inference on frames.
    record Latest() implements BackpressurePolicy {}

    /// Up to `bound` units wait, the oldest is dropped for a newer one.
    record DropOldest(int bound) implements BackpressurePolicy {
        public DropOldest {
            if (bound < 1) {
                throw new IllegalArgumentException("bound must be >= 1, was " + bound);
            }
        }
    }

    /// Nothing is dropped: the reader waits, and so does the sender or the file.
    record Block() implements BackpressurePolicy {}

    /// No second thread: the reader does the work itself, which must be quick. Saves waking a thread per unit.
    record Inline() implements BackpressurePolicy {}

    /// What an operator may choose, as text: see [#isChoice].
    String CHOICES = "latest, wait, or drop-oldest:1 to drop-oldest:30";

    /// Whether `text` is one of [#CHOICES]. Not `direct`: a decoder would wait for the work on its frames.
    static boolean isChoice(String text) {
        return text.matches("latest|wait|drop-oldest:([1-9]|[12][0-9]|30)");
    }

    /// Reads `latest`, `wait`, `direct` or `drop-oldest:N`; throws [IllegalArgumentException] for anything else.
    static BackpressurePolicy parse(String text) {
        if (text.equals("latest")) {
            return new Latest();
        }
        if (text.equals("wait")) {
            return new Block();
        }
        if (text.equals("direct")) {
            return new Inline();
        }
        if (text.matches("drop-oldest:[1-9][0-9]{0,5}")) {
            return new DropOldest(Integer.parseInt(text.substring(text.indexOf(':') + 1)));
        }
        throw new IllegalArgumentException(
                "a frame provider is latest, wait, direct or drop-oldest:N, was '" + text + "'");
    }

    /// Maximum number of waiting units.
    default int bound() {
        return switch (this) {
            case Latest _, Block _ -> 1;
            case DropOldest(int bound) -> bound;
            case Inline _ -> 0;
        };
    }
}
