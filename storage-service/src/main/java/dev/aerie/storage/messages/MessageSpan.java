package dev.aerie.storage.messages;

import java.util.ArrayList;
import java.util.List;

/// What some messages of one session are about: the least and the greatest frame number and capture time, Unix
/// nanoseconds. Numbers are -1 where no message names one.
public record MessageSpan(long firstFrame, long lastFrame, long firstCaptureNanos, long lastCaptureNanos) {

    static final MessageSpan NOTHING = new MessageSpan(-1, -1, -1, -1);

    /// What is further away than this has nothing to do with the rest: somebody named a wrong number.
    static final long FAR_FRAMES = 100_000;

    static final long FAR_NANOS = 3_600_000_000_000L;

    private static final int MAX_SPANS = 8;

    /// The spans with one message more: in the first that it is near to, else in one of its own.
    static List<MessageSpan> with(List<MessageSpan> spans, ArchivedMessage said) {
        var all = new ArrayList<>(spans);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isNear(said) || i == MAX_SPANS - 1) {
                all.set(i, all.get(i).with(said));
                return List.copyOf(all);
            }
        }
        all.add(NOTHING.with(said));
        return List.copyOf(all);
    }

    private boolean isNear(ArchivedMessage said) {
        return isNear(said.frameNumber().orElse(-1), firstFrame, lastFrame, FAR_FRAMES)
                && isNear(said.captureTimeNanos().orElse(-1), firstCaptureNanos, lastCaptureNanos, FAR_NANOS);
    }

    private static boolean isNear(long at, long first, long last, long far) {
        return at < 0 || first < 0 || (at - last <= far && first - at <= far);
    }

    MessageSpan with(ArchivedMessage said) {
        long frame = said.frameNumber().orElse(-1);
        long captured = said.captureTimeNanos().orElse(-1);
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
