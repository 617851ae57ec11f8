package dev.aerie.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.messages.MessageType;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.AccessUnit;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Sends a recording frame by frame at its original pace times `speed`, with its measurements in step. Used by one
/// thread.
final class ReplaySender {

    private static final List<String> MEASURED =
            List.of(MessageType.IMU_SAMPLE.schema(), MessageType.IMU_BATCH.schema(), MessageType.TELEMETRY.schema());

    /// Number of frames per request for measurements.
    private static final long WINDOW_FRAMES = 600;

    /// Maximum duration of a gap in the recording.
    private static final long MAX_GAP_NANOS = 2_000_000_000L;

    private final ArchiveClient archive;
    private final ReplayConnection connection;
    private final double speed;
    private final ArrayDeque<JsonNode> measured = new ArrayDeque<>();
    private long fetchedUpTo = -1;
    private long lastCaptureNanos = -1;
    private long dueNanos;
    private long frames;
    private long firstFrame = -1;
    private long lastFrame = -1;
    private long measurements;

    ReplaySender(ArchiveClient archive, ReplayConnection connection, double speed) {
        this.archive = archive;
        this.connection = connection;
        this.speed = speed;
    }

    /// Counts of the sent frames and measurements, with the first and the last frame number.
    record Sent(long frames, long firstFrame, long lastFrame, long measurements) {}

    /// Called once after the first frame, to wait for readers of the stream.
    @FunctionalInterface
    interface Audience {
        void await() throws InterruptedException;
    }

    /// Sends the whole recording; `video` is lent by the caller. The relay keeps the frames since the first IDR frame
    /// for its readers.
    Sent show(StreamSource<AccessUnit> video, Audience audience) throws IOException, InterruptedException {
        try {
            while (true) {
                AccessUnit unit = video.next();
                send(unit);
                if (frames == 1) {
                    audience.await();
                    dueNanos = System.nanoTime();
                }
            }
        } catch (EOFException _) {
            sendMeasuredUntil(Long.MAX_VALUE); // a vehicle's clock may be ahead of its camera's
            return new Sent(frames, firstFrame, lastFrame, measurements);
        }
    }

    private void send(AccessUnit unit) throws IOException, InterruptedException {
        var stamp = unit.stamp().orElseThrow(() -> new IOException("the recording holds a frame without identity"));
        long frame = stamp.id().frameNumber();
        if (frame <= lastFrame) {
            return; // sent already: a later segment repeats it at its start
        }
        fetch(frame);
        waitFor(stamp.captureTimeNanos());
        sendMeasuredUntil(stamp.captureTimeNanos());
        connection.frame(unit);
        firstFrame = firstFrame < 0 ? frame : firstFrame;
        lastFrame = frame;
        frames++;
    }

    private void fetch(long frame) throws IOException {
        if (frame > fetchedUpTo) {
            long end = frame + WINDOW_FRAMES - 1;
            measured.addAll(archive.messages(fetchedUpTo < 0 ? 0 : fetchedUpTo + 1, end, MEASURED));
            fetchedUpTo = end;
        }
    }

    private void sendMeasuredUntil(long captureNanos) throws IOException {
        JsonNode next = measured.peek();
        while (next != null && next.path("capture_time_ns").asLong() <= captureNanos) {
            connection.measured(measured.remove().toString());
            measurements++;
            next = measured.peek();
        }
    }

    private void waitFor(long captureNanos) throws InterruptedException {
        if (lastCaptureNanos >= 0) {
            long gap = Math.clamp(captureNanos - lastCaptureNanos, 0, MAX_GAP_NANOS);
            dueNanos += (long) (gap / speed);
            long left = dueNanos - System.nanoTime();
            if (left > 0) {
                TimeUnit.NANOSECONDS.sleep(left);
            }
        }
        lastCaptureNanos = Math.max(lastCaptureNanos, captureNanos);
    }
}
