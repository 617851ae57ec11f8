package dev.aerie.rtsp;

/// What happens between the thread that reads a stream and the one that works on it when work is slower than video.
public sealed interface FrameProvider {

    /// Only the newest unit is kept: lowest latency, for pictures that are looked at.
    record Latest() implements FrameProvider {}

    /// Up to `bound` units wait, the oldest is dropped for a newer one.
    record DropOldest(int bound) implements FrameProvider {
        public DropOldest {
            if (bound < 1) {
                throw new IllegalArgumentException("bound must be >= 1, was " + bound);
            }
        }
    }

    /// Nothing is dropped here: reading waits, and the sender or the file with it.
    record Wait() implements FrameProvider {}

    /// Nobody waits: the thread that reads does the work itself, which must be quick. Saves waking a thread per unit.
    record Direct() implements FrameProvider {}

    /// What an operator may choose, as text: see [#isChoice].
    String CHOICES = "latest, wait, or drop-oldest:1 to drop-oldest:30";

    /// Whether `text` is one of [#CHOICES]. Not `direct`: a decoder would wait for the work on its frames.
    static boolean isChoice(String text) {
        return text.matches("latest|wait|drop-oldest:([1-9]|[12][0-9]|30)");
    }

    /// Reads `latest`, `wait`, `direct` or `drop-oldest:N`; throws [IllegalArgumentException] for anything else.
    static FrameProvider parse(String text) {
        if (text.equals("latest")) {
            return new Latest();
        }
        if (text.equals("wait")) {
            return new Wait();
        }
        if (text.equals("direct")) {
            return new Direct();
        }
        if (text.matches("drop-oldest:[1-9][0-9]{0,5}")) {
            return new DropOldest(Integer.parseInt(text.substring(text.indexOf(':') + 1)));
        }
        throw new IllegalArgumentException(
                "a frame provider is latest, wait, direct or drop-oldest:N, was '" + text + "'");
    }

    /// Most units that wait.
    default int bound() {
        return switch (this) {
            case Latest _, Wait _ -> 1;
            case DropOldest(int bound) -> bound;
            case Direct _ -> 0;
        };
    }
}
