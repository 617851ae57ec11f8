package dev.aerie.storage.messages;

import java.util.ArrayList;
import java.util.List;

/// Minimum and maximum frame number and capture time (Unix nanoseconds) of some messages of one session; -1 where no
/// message has one.
public record MessageSpan(long firstFrame, long lastFrame, long firstCaptureNanos, long lastCaptureNanos) {

    static final MessageSpan EMPTY = new MessageSpan(-1, -1, -1, -1);

    /// A larger distance means an unrelated message, probably with a wrong number.
    static final long FAR_FRAMES = 100_000;

    static final long FAR_NANOS = 3_600_000_000_000L;

    private static final int MAX_SPANS = 8;

    /// The spans extended by one message: it joins the first span near it, otherwise it begins a new one.
    static List<MessageSpan> with(List<MessageSpan> spans, ArchivedMessage message) {
        var all = new ArrayList<>(spans);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isNear(message) || i == MAX_SPANS - 1) {
                all.set(i, all.get(i).with(message));
                return List.copyOf(all);
            }
        }
        all.add(EMPTY.with(message));
        return List.copyOf(all);
    }

    private boolean isNear(ArchivedMessage message) {
        return isNear(message.frameNumber().orElse(-1), firstFrame, lastFrame, FAR_FRAMES)
                && isNear(message.captureTimeNanos().orElse(-1), firstCaptureNanos, lastCaptureNanos, FAR_NANOS);
    }

    private static boolean isNear(long at, long first, long last, long far) {
        return at < 0 || first < 0 || (at - last <= far && first - at <= far);
    }

    MessageSpan with(ArchivedMessage message) {
        long frame = message.frameNumber().orElse(-1);
        long captured = message.captureTimeNanos().orElse(-1);
        return new MessageSpan(
                min(firstFrame, frame),
                Math.max(lastFrame, frame),
                min(firstCaptureNanos, captured),
                Math.max(lastCaptureNanos, captured));
    }

    private static long min(long a, long b) {
        return a < 0 ? b : b < 0 ? a : Math.min(a, b);
    }
}
