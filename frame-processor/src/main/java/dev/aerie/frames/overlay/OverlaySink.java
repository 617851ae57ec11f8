package dev.aerie.frames.overlay;

import dev.aerie.frames.pipeline.ProcessedFrame;
import dev.aerie.frames.pipeline.StreamSink;
import dev.aerie.threads.BackgroundThread;
import dev.aerie.vision.image.BgrView;
import dev.aerie.vision.track.TrackedObjectState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Annotated video of one stream while it is requested: copies each frame on the stream's thread, then draws, encodes
/// and publishes it on a dedicated thread. Frames that arrive while that is busy are dropped.
public final class OverlaySink implements StreamSink {

    private static final Logger LOG = LoggerFactory.getLogger(OverlaySink.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final long IDLE_MILLIS = 1000;

    private final String stream;
    private final OverlayRequests requests;
    private final OverlayTarget target;
    private final BlockingQueue<Job> jobs = new ArrayBlockingQueue<>(1);
    private volatile @Nullable BackgroundThread worker;

    private record Job(Mat frame, List<TrackedObjectState> objects, long captureTimeNanos) implements AutoCloseable {
        @Override
        public void close() {
            frame.close();
        }
    }

    /// - `requests`: lent
    /// - `target`: where the video of `stream` goes
    public OverlaySink(String stream, OverlayRequests requests, OverlayTarget target) {
        this.stream = stream;
        this.requests = requests;
        this.target = target;
    }

    @Override
    public void accept(ProcessedFrame processed) {
        if (!requests.isWanted(stream)) {
            stop();
            return;
        }
        if (worker == null) {
            var begun = BackgroundThread.of("overlay", stream, this::work);
            begun.start();
            worker = begun;
        }
        if (jobs.isEmpty()) {
            try (var view = new BgrView(processed.frame())) {
                var job = new Job(
                        view.mat().clone(),
                        processed.objects(),
                        processed.frame().stamp().captureTimeNanos());
                if (!jobs.offer(job)) {
                    job.close();
                }
            }
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void stop() {
        BackgroundThread running = worker;
        if (running == null) {
            return;
        }
        worker = null;
        boolean _ = running.close(CLOSE_LIMIT);
        Job left = jobs.poll();
        if (left != null) {
            left.close();
        }
    }

    private void work() throws InterruptedException {
        LOG.info("overlay began stream={}", stream);
        try (var encoder = new OverlayEncoder(stream, target)) {
            while (!Thread.currentThread().isInterrupted()) {
                Job job = jobs.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (job != null) {
                    try (job) {
                        OverlayPainter.paint(job.frame(), job.objects());
                        encoder.send(job.frame(), job.captureTimeNanos());
                    }
                }
            }
        } finally {
            LOG.info("overlay ended stream={}", stream);
        }
    }
}
