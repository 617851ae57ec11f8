package dev.aerie.rtsp;

import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs the number and the rate of a stream's frames every few hundred frames. Used by one thread.
public final class ProgressLog {

    static final int FRAMES_PER_LINE = 500;

    private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);
    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier nanoTime;
    private final BiConsumer<Long, Double> line;
    private String session = "";
    private long frames;
    private long lineAtNanos;

    public ProgressLog(String stream) {
        this.nanoTime = System::nanoTime;
        this.line =
                (count, fps) -> LOG.info("progress stream={} session={} frames={} fps={}", stream, session, count, fps);
        this.lineAtNanos = nanoTime.getAsLong();
    }

    /// - `line`: receives the frames so far, and frames per second since the last line
    ProgressLog(LongSupplier nanoTime, BiConsumer<Long, Double> line) {
        this.nanoTime = nanoTime;
        this.line = line;
        this.lineAtNanos = nanoTime.getAsLong();
    }

    /// One more frame, of a session.
    public void frame(String session) {
        this.session = session;
        frame();
    }

    void frame() {
        frames++;
        if (frames % FRAMES_PER_LINE == 0) {
            long now = nanoTime.getAsLong();
            double seconds = (now - lineAtNanos) / NANOS_PER_SECOND;
            double fps = seconds > 0 ? Math.round(10 * FRAMES_PER_LINE / seconds) / 10.0 : 0;
            line.accept(frames, fps);
            lineAtNanos = now;
        }
    }
}
