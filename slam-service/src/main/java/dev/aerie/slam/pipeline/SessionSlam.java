package dev.aerie.slam.pipeline;

import dev.aerie.messages.CameraPose;
import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.slam.camera.CameraCalibration;
import dev.aerie.slam.dense.DenseCloud;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.GreyFrame;
import dev.aerie.slam.engine.MapView;
import dev.aerie.slam.engine.MaskCounts;
import dev.aerie.slam.engine.TrackedFrame;
import dev.aerie.slam.imu.ImuBuffer;
import dev.aerie.slam.movable.MovableMasks;
import dev.aerie.slam.output.PoseRing;
import dev.aerie.slam.output.SessionFolder;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the pose of each frame of a session: owns the engine, which it begins with the first frame and anew
/// where the frames change their size.
///
/// [#track] and [#close] are called by one thread; the rest by any.
final class SessionSlam implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionSlam.class);
    private static final int NO_SUBMAP = -1;
    private static final TrackedFrame LOST = untracked(TrackingState.LOST);

    private final String stream;
    private final SlamContext slamContext;
    private final SessionFolder folder;
    private final GreyConverter converter = new GreyConverter();
    private final Optional<PoseRing> ring;
    private final ImuBuffer inertial = new ImuBuffer();
    private final GeoReferencer earth;
    private final MovableMasks masks;
    private final RepeatedFrames repeated = new RepeatedFrames();
    private volatile @Nullable RunningEngine running;
    private volatile MetricAlignment alignment = MetricAlignment.UNKNOWN;
    private @Nullable FrameSize refusedSize;
    private boolean hasTracked;
    private long clockAheadNanos;
    private volatile String trouble = "";

    SessionSlam(String stream, String session, SlamContext slamContext) {
        this.stream = stream;
        this.earth = new GeoReferencer(stream);
        this.slamContext = slamContext;
        this.masks = new MovableMasks(slamContext.maskLabels());
        this.folder = SessionFolder.of(slamContext.storage(), stream, session);
        this.ring = openRing();
    }

    /// The pose of `frame`, which is lent.
    CameraPose track(VideoFrame frame) {
        var ready = readyFor(frame.size());
        var inMap = ready.isPresent() ? track(frame, ready.get()) : LOST;
        var tracked = alignment.of(inMap);
        var message = message(frame, tracked, inMap.pose());
        ring.ifPresent(
                open -> open.add(message, tracked.pose().map(FramePose::submap).orElse(NO_SUBMAP)));
        if (tracked.keyframe() && tracked.pose().isPresent()) {
            slamContext.keyframes().add(folder, tracked.pose().get(), converter.jpeg(frame));
            ready.flatMap(RunningEngine::dense)
                    .ifPresent(dense -> dense.offer(frame, inMap.pose().orElseThrow()));
        }
        return message;
    }

    /// - `inMap`: the pose as the engine has it
    private CameraPose message(VideoFrame frame, TrackedFrame tracked, Optional<FramePose> inMap) {
        var message = PoseMessage.of(
                frame.stamp(), tracked, alignment.scale(), slamContext.clock().instant(), slamContext.producer());
        var now = running;
        if (inMap.isEmpty() || now == null || tracked.state() != TrackingState.TRACKING) {
            return message;
        }
        return earth.complete(
                message,
                inMap.get(),
                alignment.worldFromMap(),
                now.calibration().camera());
    }

    /// What is known of the earth and of what others see in the frames; to be told by any thread.
    GeoReferencer earth() {
        return earth;
    }

    /// The readings of the sensor on this camera's body; to be filled by any thread.
    ImuBuffer inertial() {
        return inertial;
    }

    /// What may move in the frames, as others have found it; to be told by any thread.
    MovableMasks masks() {
        return masks;
    }

    /// What masks have left out of the map since it began.
    MaskCounts maskCounts() {
        var now = running;
        return now == null ? MaskCounts.NONE : now.engine().maskCounts();
    }

    /// In the unit of [#scale].
    MapView map() {
        var now = running;
        return now == null ? MapView.EMPTY : alignment.of(now.engine().map());
    }

    /// The surfaces of the part in which the camera is, in the unit of [#scale]; empty where none are asked for.
    /// Takes seconds.
    Optional<DenseCloud> surfaces() {
        var now = running;
        return now == null ? Optional.empty() : now.surfaces(now.engine().map(), alignment);
    }

    DenseCounts denseCounts() {
        var now = running;
        return now == null
                ? DenseCounts.NONE
                : now.dense().map(DenseMapping::counts).orElse(DenseCounts.NONE);
    }

    /// Of the part in which the camera is, in the unit of [#scale].
    List<FramePose> trajectory() {
        var now = running;
        return now == null
                ? List.of()
                : alignment.of(now.engine().trajectory(), now.engine().map().submap());
    }

    CameraPose.Scale scale() {
        return alignment.scale();
    }

    SessionFolder folder() {
        return folder;
    }

    /// Whose lens it is, in words; empty before the first frame.
    Optional<CameraCalibration> calibration() {
        var now = running;
        return now == null ? Optional.empty() : Optional.of(now.calibration());
    }

    /// What keeps poses from coming or from being in metres, in words; empty where nothing does.
    String trouble() {
        var now = running;
        return trouble.isEmpty() && now != null && now.inertial().isGyroUnconfirmed()
                ? "turns not confirmed by the gyroscope"
                : trouble;
    }

    @Override
    public void close() {
        end();
        ring.ifPresent(PoseRing::close);
        converter.close();
    }

    /// Tracks a frame in the engine; [#alignment] is then the metric alignment of its submap, if known.
    private TrackedFrame track(VideoFrame frame, RunningEngine ready) {
        var stamp = frame.stamp();
        var grey = converter.grey(frame);
        if (repeated.isFrozen(grey, stamp.captureTimeNanos())) {
            trouble = "the same frame again and again";
            return hasTracked ? LOST : untracked(TrackingState.INITIALIZING);
        }
        trouble = "";
        var image = new GreyFrame(
                stamp.id().frameNumber(),
                stamp.captureTimeNanos(),
                grey,
                masks.maskOf(stamp.id().frameNumber(), stamp.captureTimeNanos()));
        masks.takeNew().forEach(ready.engine()::judge);
        var tracked = ready.inertial().track(image);
        hasTracked |= tracked.pose().isPresent();
        reportClock(ready.inertial().clockAheadNanos());
        tracked.pose()
                .ifPresent(pose -> adopt(MetricAlignment.of(ready.inertial().metricFromMap(), pose.submap()), ready));
        return tracked;
    }

    private void reportClock(long aheadNanos) {
        if (aheadNanos != clockAheadNanos) {
            clockAheadNanos = aheadNanos;
            LOG.info("imu clock offset stream={} aheadMilliseconds={}", stream, aheadNanos / 1e6);
        }
    }

    private void adopt(MetricAlignment next, RunningEngine ready) {
        var before = alignment;
        alignment = next;
        if (before.scale() == next.scale()) {
            return;
        }
        if (next.worldFromMap().isPresent()) {
            LOG.info(
                    "metric scale found stream={} submap={} metresPerUnit={}",
                    stream,
                    next.submap(),
                    next.worldFromMap().get().scale());
        } else {
            String cause =
                    ready.inertial().isGyroUnconfirmed() ? "rotations not confirmed by the gyroscope" : "new submap";
            LOG.info("metric scale lost stream={} submap={} cause=\"{}\"", stream, before.submap(), cause);
        }
    }

    private static TrackedFrame untracked(TrackingState state) {
        return new TrackedFrame(state, Optional.empty(), false, 0, List.of());
    }

    private Optional<RunningEngine> readyFor(FrameSize size) {
        var now = running;
        if (now != null && now.size().equals(size)) {
            return Optional.of(now);
        }
        if (size.equals(refusedSize)) {
            return Optional.empty();
        }
        end();
        return begin(size);
    }

    private Optional<RunningEngine> begin(FrameSize size) {
        try {
            var begun = RunningEngine.begin(stream, size, slamContext, inertial);
            running = begun;
            LOG.info(
                    "slam begun stream={} size={} camera=\"{}\"",
                    stream,
                    size,
                    begun.calibration().source());
            return Optional.of(begun);
        } catch (IOException e) {
            refusedSize = size;
            trouble = String.valueOf(e.getMessage());
            LOG.error("slam not begun stream={} cause={}", stream, e.getMessage());
            return Optional.empty();
        }
    }

    /// Ends the engine, and writes down what it knew.
    private void end() {
        var last = running;
        running = null;
        refusedSize = null;
        hasTracked = false;
        earth.reset();
        trouble = "";
        if (last == null) {
            return;
        }
        last.dense().ifPresent(DenseMapping::close);
        var inMap = last.engine().map();
        var map = alignment.of(inMap);
        var trajectory = alignment.of(last.engine().trajectory(), map.submap());
        String unit = alignment.scale() == CameraPose.Scale.METRIC ? "metres" : "an arbitrary unit";
        var lastWorld = alignment;
        alignment = MetricAlignment.UNKNOWN;
        last.engine().close();
        if (!trajectory.isEmpty()) {
            slamContext.keyframes().afterwards(() -> conclude(trajectory, map, unit));
            slamContext
                    .keyframes()
                    .afterwards(() -> last.surfaces(inMap, lastWorld).ifPresent(found -> conclude(found, unit)));
        }
    }

    private void conclude(List<FramePose> trajectory, MapView map, String unit) {
        try {
            folder.conclude(trajectory, map, stream + ", in " + unit);
        } catch (IOException e) {
            LOG.warn("trajectory not written stream={} cause={}", stream, e.toString());
        }
    }

    private void conclude(DenseCloud surfaces, String unit) {
        try {
            folder.writeSurfaces(surfaces, stream + ", in " + unit);
        } catch (IOException e) {
            LOG.warn("surfaces not written stream={} cause={}", stream, e.toString());
        }
    }

    /// Without a ring poses still leave by the bus.
    @SuppressWarnings("MustBeClosedChecker") // the field owns it, close() gives it back
    private Optional<PoseRing> openRing() {
        try {
            return Optional.of(PoseRing.open(slamContext.ringFolder(), stream));
        } catch (IOException e) {
            LOG.warn("no ring of poses stream={} folder={} cause={}", stream, slamContext.ringFolder(), e.toString());
            return Optional.empty();
        }
    }
}
