package dev.aerie.slam.mono;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.engine.ExpectedPose;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.GreyFrame;
import dev.aerie.slam.engine.LoopClosure;
import dev.aerie.slam.engine.MapView;
import dev.aerie.slam.engine.MaskCounts;
import dev.aerie.slam.engine.SlamEvents;
import dev.aerie.slam.engine.TrackedFrame;
import dev.aerie.slam.feature.OrbExtractor;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.imu.InertialStart;
import dev.aerie.slam.inertial.InertialEngine;
import dev.aerie.slam.map.BodyMotion;
import dev.aerie.slam.map.FrameFeatures;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.Mapping;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.mapping.InertialMap;
import dev.aerie.slam.movable.MovableMasks.FrameMask;
import dev.aerie.slam.place.PlaceIndex;
import dev.aerie.slam.tracking.PoseHistory;
import dev.aerie.slam.tracking.Tracker;
import dev.aerie.slam.tracking.TrackingResult;
import dev.aerie.slam.tuning.InertialNoise;
import dev.aerie.slam.tuning.SlamTuning;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// SLAM from one camera: takes frames in the order in which they were taken, gives each its pose, keeps the
/// map.
///
/// One thread tracks; any thread may look at map and trajectory. Owns native memory and, unless deterministic,
/// a thread.
public final class MonocularSlam implements InertialEngine {

    /// The stream of an engine that has none, in the log.
    private static final String UNNAMED = "-";

    private static final int REMEMBERED_POSES = 200_000;

    private final CameraModel camera;
    private final OrbExtractor extractor;
    private final SlamMap map = new SlamMap();
    private final PoseHistory poseHistory = new PoseHistory(REMEMBERED_POSES);
    private final MapBuilder builder;
    private final Optional<QueuedMapping> queued;
    private final Mapping mapping;
    private final InertialMap inertial = new InertialMap(InertialNoise.DEFAULT);
    private final Tracker tracker;
    private final Mat resized = new Mat();
    private final Size size;
    private volatile int submap = Keyframe.NO_SUBMAP;
    private final AtomicLong maskedFrames = new AtomicLong();
    private volatile long maskedCorners;

    private MonocularSlam(String stream, CameraModel camera, SlamTuning tuning, boolean isLive) {
        this.camera = camera;
        this.extractor =
                new OrbExtractor(camera, tuning.featuresIn(camera.widthPixels(), camera.heightPixels()), tuning.seed());
        this.size = new Size(camera.widthPixels(), camera.heightPixels());
        var events = new SlamEvents(stream);
        var placeIndex = new PlaceIndex(tuning.places());
        builder = new MapBuilder(map, placeIndex, tuning, inertial, events);
        queued = isLive ? Optional.of(new QueuedMapping(builder, events)) : Optional.empty();
        mapping = queued.isPresent() ? queued.get() : new InlineMapping(builder);
        tracker = new Tracker(camera, map, placeIndex, mapping, poseHistory, tuning, events);
        queued.ifPresent(QueuedMapping::start);
    }

    /// Everything on the caller's thread, the same every time for the same frames.
    @MustBeClosed
    public static MonocularSlam deterministic(CameraModel camera) {
        return deterministic(UNNAMED, camera);
    }

    /// As [#deterministic(CameraModel)].
    ///
    /// - `stream`: for the log
    @MustBeClosed
    public static MonocularSlam deterministic(String stream, CameraModel camera) {
        return deterministic(stream, camera, SlamTuning.DEFAULT);
    }

    /// As [#deterministic(String, CameraModel)], with other thresholds.
    @MustBeClosed
    public static MonocularSlam deterministic(String stream, CameraModel camera, SlamTuning tuning) {
        return new MonocularSlam(stream, camera, tuning, false);
    }

    /// Builds the map on a dedicated thread, so that frames do not wait for it.
    ///
    /// - `stream`: for the log
    @MustBeClosed
    public static MonocularSlam live(String stream, CameraModel camera) {
        return live(stream, camera, SlamTuning.DEFAULT);
    }

    /// As [#live(String, CameraModel)], with other thresholds.
    @MustBeClosed
    public static MonocularSlam live(String stream, CameraModel camera, SlamTuning tuning) {
        return new MonocularSlam(stream, camera, tuning, true);
    }

    /// A frame of another size than the camera's is resized; throws [IllegalStateException] if building the
    /// map has failed: then this engine is of no more use.
    @Override
    public TrackedFrame track(GreyFrame frame, Optional<Rotation> lastFromThis) {
        return track(frame, lastFromThis, List::of);
    }

    /// As [#track(GreyFrame, Optional)].
    @Override
    public TrackedFrame track(GreyFrame frame, Optional<Rotation> lastFromThis, Supplier<List<ExpectedPose>> expected) {
        queued.flatMap(QueuedMapping::failure).ifPresent(cause -> {
            throw new IllegalStateException("building the map failed", cause);
        });
        var features = extractor.extract(fitted(frame.grey()), frame.movable(), frame.rowTurns());
        maskedFrames.addAndGet(frame.movable().isPresent() ? 1 : 0);
        maskedCorners = extractor.maskedCorners();
        var frameFeatures = new FrameFeatures(frame.frameNumber(), frame.captureTimeNanos(), features);
        var trackingResult = tracker.track(frameFeatures, lastFromThis.map(Rotation::inverse), expected);
        return trackedFrame(frame, trackingResult);
    }

    /// Readings take part from when the mapping gets to it, if they agree with the map.
    @Override
    public void startInertial(InertialStart start) {
        mapping.startInertial(start);
    }

    @Override
    public void endInertial(int submapEnded) {
        inertial.end(submapEnded);
    }

    @Override
    public Optional<Sim3> metricFromMap(int ofSubmap) {
        return inertial.metricFromMap(ofSubmap);
    }

    @Override
    public Optional<BodyMotion> newestMotion(int ofSubmap) {
        return map.read(() -> map.keyframesOf(ofSubmap).reversed().stream()
                .flatMap(keyframe -> keyframe.motion().stream())
                .findFirst());
    }

    private Mat fitted(Mat grey) {
        if (grey.cols() == camera.widthPixels() && grey.rows() == camera.heightPixels()) {
            return grey;
        }
        opencv_imgproc.resize(grey, resized, size);
        return resized;
    }

    private TrackedFrame trackedFrame(GreyFrame frame, TrackingResult trackingResult) {
        submap = trackingResult.worldFromCamera().isPresent() ? trackingResult.submap() : submap;
        var pose = trackingResult
                .worldFromCamera()
                .map(worldFromCamera -> new FramePose(
                        frame.frameNumber(), frame.captureTimeNanos(), trackingResult.submap(), worldFromCamera));
        int points = map.read(map::landmarkCount);
        return new TrackedFrame(
                trackingResult.state(), pose, trackingResult.isKeyframe(), points, trackingResult.covariance());
    }

    @Override
    public void judge(FrameMask mask) {
        tracker.judge(mask);
    }

    @Override
    public MaskCounts maskCounts() {
        return new MaskCounts(maskedFrames.get(), maskedCorners, builder.movableLandmarks());
    }

    @Override
    public MapView map() {
        return map.read(() -> {
            var keyframes = map.keyframesOf(submap);
            var points = new LinkedHashSet<Landmark>();
            keyframes.forEach(keyframe -> points.addAll(keyframe.landmarks()));
            return new MapView(
                    map.version(),
                    submap,
                    keyframes.stream().map(MonocularSlam::pose).toList(),
                    points.stream().map(Landmark::position).toList());
        });
    }

    @Override
    public List<Vector3> observed(long frameNumber) {
        return map.read(() -> map.keyframesOf(submap).stream()
                .filter(keyframe -> keyframe.frameFeatures().frameNumber() == frameNumber)
                .flatMap(keyframe -> keyframe.landmarks().stream()
                        .map(landmark -> keyframe.cameraFromWorld().apply(landmark.position())))
                .toList());
    }

    private static FramePose pose(Keyframe keyframe) {
        return new FramePose(
                keyframe.frameFeatures().frameNumber(),
                keyframe.frameFeatures().captureTimeNanos(),
                keyframe.submap(),
                keyframe.cameraFromWorld().inverse());
    }

    @Override
    public List<FramePose> trajectory() {
        return trajectory(Long.MIN_VALUE);
    }

    @Override
    public List<FramePose> trajectory(long sinceNanos) {
        return map.read(() -> poseHistory.poses(sinceNanos));
    }

    @Override
    public List<LoopClosure> loopClosures() {
        return builder.loopClosures();
    }

    @Override
    public void close() {
        queued.ifPresent(QueuedMapping::close);
        extractor.close();
        resized.close();
        size.close();
    }
}
