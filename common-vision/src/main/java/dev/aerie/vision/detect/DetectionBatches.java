package dev.aerie.vision.detect;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Runs a network over the frames of several streams at once. The thread of a stream whose frame waits while
/// nobody runs the network runs it, for all frames that wait; the others sleep until their result is there.
///
/// Frames that arrive while the network runs wait for the next run. Owns the detector until [#close], which comes after
/// that of every stream's.
public final class DetectionBatches implements AutoCloseable {

    private final OnnxDetector detector;
    private final BatchConfig config;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private final Queue<Request> waiting = new ArrayDeque<>();

    @GuardedBy("lock")
    private int streams;

    @GuardedBy("lock")
    private boolean isRunning;

    /// - `detector`: of a model that takes batches; owned from here on
    public DetectionBatches(OnnxDetector detector, BatchConfig config) {
        this.detector = detector;
        this.config = config;
    }

    /// A detector for one more stream; whoever opens it closes it.
    public Detector open() {
        addStreams(1);
        return new OfStream();
    }

    @Override
    public void close() {
        detector.close();
    }

    private DetectionResult detect(VideoFrame frame) throws ModelException {
        var request = new Request(frame);
        add(request);
        List<Request> batch = batchOrResult(request);
        while (!batch.isEmpty()) {
            try {
                run(batch);
            } finally {
                endRun();
            }
            batch = batchOrResult(request);
        }
        return request.result();
    }

    private void add(Request request) {
        lock.lock();
        try {
            waiting.add(request);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until `request` is answered (an empty list), or the caller is to run the network.
    private List<Request> batchOrResult(Request request) {
        lock.lock();
        try {
            while (isRunning && !request.isDone()) {
                changed.awaitUninterruptibly();
            }
            if (request.isDone()) {
                return List.of();
            }
            isRunning = true;
            awaitOthers();
            var batch = new ArrayList<Request>();
            while (batch.size() < config.maxFrames() && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /// Until each stream has a frame, the run is full, or the time is over.
    @GuardedBy("lock")
    private void awaitOthers() {
        long leftNanos = config.maxWait().toNanos();
        try {
            while (waiting.size() < Math.min(config.maxFrames(), streams) && leftNanos > 0) {
                leftNanos = changed.awaitNanos(leftNanos);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void endRun() {
        lock.lock();
        try {
            isRunning = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Answers every request. Where the run fails each frame is run by itself: one frame cannot spoil the others'
    /// results.
    private void run(List<Request> batch) {
        try {
            var results = detector.detect(batch.stream().map(Request::frame).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).succeed(results.get(i));
            }
        } catch (ModelException | RuntimeException e) {
            if (batch.size() == 1) {
                batch.getFirst().fail(e);
            } else {
                batch.forEach(request -> run(List.of(request)));
            }
        }
    }

    private void addStreams(int count) {
        lock.lock();
        try {
            streams += count;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A frame that waits for its result; lent by the stream's thread, which sleeps.
    private static final class Request {

        private final VideoFrame frame;
        private volatile @Nullable DetectionResult result;
        private volatile @Nullable Exception failure;

        Request(VideoFrame frame) {
            this.frame = frame;
        }

        VideoFrame frame() {
            return frame;
        }

        void succeed(DetectionResult found) {
            result = found;
        }

        void fail(Exception cause) {
            failure = cause;
        }

        boolean isDone() {
            return result != null || failure != null;
        }

        DetectionResult result() throws ModelException {
            var found = result;
            if (found != null) {
                return found;
            }
            var cause = requireNonNull(failure);
            throw new ModelException(String.valueOf(cause.getMessage()), cause);
        }
    }

    private final class OfStream implements Detector {

        @Override
        public DetectionResult detect(VideoFrame frame) throws ModelException {
            return DetectionBatches.this.detect(frame);
        }

        @Override
        public String name() {
            return detector.name();
        }

        @Override
        public void close() {
            addStreams(-1);
        }
    }
}
