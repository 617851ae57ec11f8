package dev.aerie.slam.pipeline;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.messages.CameraPose;
import dev.aerie.messages.Producer;
import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.slam.camera.CalibrationSource;
import dev.aerie.slam.dense.SweepBackEnd;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.GreyFrame;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The work on streams of which each shows so many frames and then stays silent: a camera that goes 0.1 units along x
/// from frame to frame, every tenth of which the map keeps.
public final class ScriptedStreams {

    public static final String SESSION = PlainFrame.SESSION;

    private static final FrameSize SIZE = new FrameSize(64, 48);

    private ScriptedStreams() {}

    public static StreamWorkers<SlamWorker> of(int frames, Path storage, KeyframeWriter keyframes) {
        return of(frames, storage, keyframes, 240, new Semaphore(1), _ -> {});
    }

    /// - `looked`: a permit for each frame that may come; each processed frame adds one
    static StreamWorkers<SlamWorker> of(
            int frames,
            Path storage,
            KeyframeWriter keyframes,
            double maxFps,
            Semaphore looked,
            Consumer<CameraPose> publish) {
        var slamContext = new SlamContext(
                new StreamInput<>(
                        stream -> RtspConfig.of(stream, "rtsp://127.0.0.1:1/" + stream)
                                .withProvider(new BackpressurePolicy.Block()),
                        _ -> () -> new Frames(frames, looked),
                        new Random(1)),
                new CalibrationSource(Optional.empty(), 70),
                (_, _) -> new ScriptedEngine(frame -> {
                    looked.release();
                    return pose(frame);
                }),
                Optional.of(_ -> new SweepBackEnd()),
                Set.of(),
                1,
                maxFps,
                publish,
                keyframes,
                storage,
                storage,
                Producer.of("slam-service", "test"),
                InstantSource.fixed(Instant.EPOCH));
        return new StreamWorkers<>(
                "slam-service", (assignment, listener) -> SlamWorker.begin(assignment, slamContext, listener));
    }

    private static Optional<FramePose> pose(GreyFrame frame) {
        var position = new Vector3(0.1 * frame.frameNumber(), 0, 0);
        return Optional.of(new FramePose(
                frame.frameNumber(), frame.captureTimeNanos(), 0, new RigidTransform(Rotation.IDENTITY, position)));
    }

    private static final class Frames implements StreamSource<VideoFrame> {

        private static final long LOOK_MILLIS = 20;

        private final int count;
        private final Semaphore looked;
        private volatile boolean isClosed;
        private int next;

        /// - `looked`: a permit for each frame that may come, so that none is dropped
        Frames(int count, Semaphore looked) {
            this.count = count;
            this.looked = looked;
        }

        @Override
        public VideoFrame next() throws IOException {
            awaitTurn();
            int number = next++;
            return PlainFrame.of(number, number * 100_000_000L, SIZE, 0, 0, 3 * number);
        }

        private void awaitTurn() throws IOException {
            try {
                while (next == count || !looked.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    if (isClosed || Thread.interrupted()) {
                        throw new IOException("closed");
                    }
                    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("closed", e);
            }
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
