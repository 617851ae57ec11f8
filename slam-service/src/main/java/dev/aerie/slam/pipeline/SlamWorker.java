package dev.aerie.slam.pipeline;

import dev.aerie.messages.CameraPose;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Telemetry;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.FrameRateLimiter;
import dev.aerie.service.worker.SessionConsumer;
import dev.aerie.service.worker.SessionWorker;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.WorkListener;
import dev.aerie.slam.camera.CameraCalibration;
import dev.aerie.slam.dense.DenseCloud;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.MapView;
import dev.aerie.slam.engine.MaskCounts;
import dev.aerie.slam.imu.ImuReading;
import dev.aerie.slam.output.SessionFolder;
import dev.aerie.video.VideoFrame;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The work on one session of one stream: receives its frames, publishes their poses.
public final class SlamWorker extends SessionWorker {

    private final SessionSlam slam;
    private final Consumer consumer;

    private SlamWorker(StreamAssignment assignment, SessionSlam slam, Consumer consumer) {
        super(assignment, consumer);
        this.slam = slam;
        this.consumer = consumer;
    }

    /// Begins; `listener` is told when the session is found to be over, and when the work fails.
    public static SlamWorker begin(StreamAssignment assignment, SlamContext slamContext, WorkListener listener) {
        var input = slamContext.input().locate(assignment.stream());
        var slam = new SessionSlam(assignment.stream(), assignment.session(), slamContext);
        var consumer = new Consumer(input, assignment.session(), slamContext, slam, listener);
        consumer.start();
        return new SlamWorker(assignment, slam, consumer);
    }

    /// The newest pose; empty before the first frame.
    public Optional<CameraPose> latest() {
        return Optional.ofNullable(consumer.latest);
    }

    /// The map of the part in which the camera is.
    public MapView map() {
        return slam.map();
    }

    /// The surfaces that dense mapping has found; empty where it is switched off. Takes seconds.
    public Optional<DenseCloud> surfaces() {
        return slam.surfaces();
    }

    /// What masks of movable things have left out of the map.
    public MaskCounts maskCounts() {
        return slam.maskCounts();
    }

    public DenseCounts denseCounts() {
        return slam.denseCounts();
    }

    /// Every tracked frame's pose as the map knows it now.
    public List<FramePose> trajectory() {
        return slam.trajectory();
    }

    /// Whether [#map] and [#trajectory] are in metres.
    public CameraPose.Scale scale() {
        return slam.scale();
    }

    /// Takes a reading of the sensor on this camera's body.
    public void add(ImuReading reading) {
        slam.inertial().add(reading);
    }

    /// Takes what the vehicle reports of itself.
    public void add(Telemetry telemetry) {
        slam.earth().add(telemetry);
    }

    /// Takes the objects that were found in a frame.
    public void add(FrameResult result) {
        if (result.envelope().frameId().session().equals(session())) {
            slam.earth().add(result);
            slam.masks().add(result);
        }
    }

    public SessionFolder folder() {
        return slam.folder();
    }

    /// The camera that is believed in; empty before the first frame.
    public Optional<CameraCalibration> calibration() {
        return slam.calibration();
    }

    /// What keeps poses from coming or from being in metres, in words; empty where nothing does.
    @Override
    public String trouble() {
        return slam.trouble();
    }

    private static final class Consumer extends SessionConsumer<VideoFrame> {

        private final SessionSlam slam;
        private final FrameSkip skip;
        private final FrameRateLimiter rate = new FrameRateLimiter();
        private final double maxFps;
        private final java.util.function.Consumer<CameraPose> publish;
        private volatile @Nullable CameraPose latest;

        Consumer(
                StreamInput.Located<VideoFrame> input,
                String session,
                SlamContext slamContext,
                SessionSlam slam,
                WorkListener listener) {
            super(input, session, listener, GONE_AFTER);
            this.slam = slam;
            this.skip = new FrameSkip(slamContext.frameSkip());
            this.maxFps = slamContext.maxFps();
            this.publish = slamContext.publish();
        }

        @Override
        protected String sessionOf(VideoFrame frame) {
            return frame.stamp().id().session();
        }

        @Override
        protected void release() {
            slam.close();
        }

        @Override
        protected void onUnit(VideoFrame frame) {
            var stamp = frame.stamp();
            if (skip.takes(stamp.id().frameNumber()) && rate.accepts(stamp.captureTimeNanos(), maxFps)) {
                CameraPose pose = slam.track(frame);
                latest = pose;
                publish.accept(pose);
            }
        }
    }
}
