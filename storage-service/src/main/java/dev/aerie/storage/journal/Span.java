package dev.aerie.storage.journal;

/// What some messages of one session are about: the least and the greatest frame number and capture time, Unix
/// nanoseconds. Numbers are -1 where no message names one.
public record Span(long firstFrame, long lastFrame, long firstCaptureNanos, long lastCaptureNanos) {

    static final Span NOTHING = new Span(-1, -1, -1, -1);

    Span with(SaidMessage said) {
        long frame = said.frameNumber().orElse(-1);
        long captured = said.captureTimeNanos().orElse(-1);
        return new Span(
                least(firstFrame, frame),
                Math.max(lastFrame, frame),
                least(firstCaptureNanos, captured),
                Math.max(lastCaptureNanos, captured));
    }

    private static long least(long a, long b) {
        return a < 0 ? b : b < 0 ? a : Math.min(a, b);
    }
}
