package dev.aerie.frames.pipeline;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.FramePool;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.PooledFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.VideoTracker;
import dev.aerie.vision.tracker.ProcessingMode;
import dev.aerie.vision.tracker.StreamControl;
import dev.aerie.vision.tracker.VideoTrackerFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Processes a few synthetic frames before the first stream: loads libraries, allocates the networks' memory and
/// compiles code, so that the first frame of a stream does not wait for it.
final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final FrameSize SIZE = new FrameSize(640, 360);
    private static final int SQUARE_PIXELS = 16;
    private static final int STEP_PIXELS = 3;
    private static final int MAX_FRAMES = 8;
    private static final Duration BUDGET = Duration.ofMillis(700);

    private WarmUp() {}

    /// Returns after about [#BUDGET]. A failure is logged; the first stream shows it again.
    static void run(VideoTrackerFactory trackers, StreamControl control) {
        long begun = System.nanoTime();
        int frames = 0;
        try (var pool = new FramePool(1);
                var tracker = trackers.open(ProcessingMode.VIDEO, control)) {
            while (frames < MAX_FRAMES && System.nanoTime() - begun < BUDGET.toNanos()) {
                run(tracker, pool.take(SIZE).orElseThrow(), frames++);
            }
        } catch (ModelException | RuntimeException e) {
            LOG.warn("not warmed up frame={} cause={}", frames, String.valueOf(e.getMessage()));
            return;
        }
        LOG.info("warmed up frames={} millis={}", frames, (System.nanoTime() - begun) / 1_000_000);
    }

    private static void run(VideoTracker tracker, PooledFrame frame, int number) throws ModelException {
        try {
            draw(frame, number);
            tracker.process(frame);
        } finally {
            frame.release();
        }
    }

    /// A moving chequered pattern, so that the motion detector has work.
    private static void draw(PooledFrame frame, int number) {
        ByteBuffer pixels = frame.bgr();
        for (int y = 0; y < SIZE.heightPixels(); y++) {
            for (int x = 0; x < SIZE.widthPixels(); x++) {
                int square = (x + STEP_PIXELS * number) / SQUARE_PIXELS * 31 + y / SQUARE_PIXELS * 17;
                byte grey = (byte) (square * 73 % 200);
                int at = y * frame.strideBytes() + 3 * x;
                pixels.put(at, grey).put(at + 1, grey).put(at + 2, grey);
            }
        }
        var id = new FrameId("warm-up", "local-warm-up", number);
        frame.describe(new FrameStamp(id, number * 33_000_000L, CaptureClock.ARRIVAL), 0, System.nanoTime());
    }
}
