package dev.aerie.frames.overlay;

import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.H264Encoder;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.time.Duration;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Encodes drawn frames and sends them to a target, which is reopened after a failure; a frame of another size starts a
/// new connection. Used by one thread.
final class OverlayEncoder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OverlayEncoder.class);
    private static final double NOMINAL_FRAMES_PER_SECOND = 15;
    private static final int FRAMES_PER_IDR = 30;
    private static final double BITS_PER_PIXEL = 3;
    private static final long RETRY_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long NANOS_PER_TICK_DENOMINATOR = 100_000;
    private static final long TICKS_PER_NANO_NUMERATOR = 9;

    private final String stream;
    private final OverlayTarget target;
    private @Nullable Running running;
    private long failedAtNanos;
    private boolean failed;

    private static final class Running {
        private final FrameSize size;
        private final H264Encoder encoder;
        private OverlayTarget.@Nullable Connection connection;
        private long lastTicks90k = Long.MIN_VALUE;

        Running(FrameSize size, H264Encoder encoder) {
            this.size = size;
            this.encoder = encoder;
        }
    }

    OverlayEncoder(String stream, OverlayTarget target) {
        this.stream = stream;
        this.target = target;
    }

    /// Sends a frame; after a failure, which is logged, the next attempt is made after [#RETRY_NANOS].
    void send(Mat frame, long captureTimeNanos) {
        if (failed && System.nanoTime() - failedAtNanos < RETRY_NANOS) {
            return;
        }
        try {
            encode(frame, captureTimeNanos / NANOS_PER_TICK_DENOMINATOR * TICKS_PER_NANO_NUMERATOR);
            failed = false;
        } catch (IOException e) {
            LOG.warn("overlay lost stream={} cause={}", stream, e.getMessage());
            failed = true;
            failedAtNanos = System.nanoTime();
            close();
        }
    }

    @Override
    public void close() {
        if (running != null) {
            if (running.connection != null) {
                running.connection.close();
            }
            running.encoder.close();
            running = null;
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // kept in `running`, which close() closes
    private void encode(Mat frame, long ticks90k) throws IOException {
        var size = new FrameSize(frame.cols() & ~1, frame.rows() & ~1);
        if (running != null && (!running.size.equals(size) || ticks90k <= running.lastTicks90k)) {
            close();
        }
        if (running == null) {
            var settings = new EncoderSettings(
                    size,
                    NOMINAL_FRAMES_PER_SECOND,
                    (int) (size.widthPixels() * size.heightPixels() * BITS_PER_PIXEL),
                    FRAMES_PER_IDR);
            running = new Running(size, new H264Encoder(settings));
        }
        AccessUnit unit = running.encoder.encodeBgr(frame.createBuffer(), (int) frame.step(), ticks90k);
        running.lastTicks90k = ticks90k;
        if (running.connection == null) {
            running.connection = target.open(size, unit);
        }
        running.connection.send(unit);
    }
}
