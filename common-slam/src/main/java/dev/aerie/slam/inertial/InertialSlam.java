package dev.aerie.slam.inertial;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.slam.camera.CameraCalibration;
import dev.aerie.slam.engine.ExpectedPose;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.GreyFrame;
import dev.aerie.slam.engine.RowTurns;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.engine.TrackedFrame;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.imu.ImuBuffer;
import dev.aerie.slam.imu.InertialStart;
import dev.aerie.slam.imu.VisualInertialAligner;
import dev.aerie.slam.tuning.DeadReckoningConfig;
import dev.aerie.slam.tuning.InertialConfig;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tracks frames with the readings of an inertial sensor: the gyroscope predicts each turn, a first alignment finds
/// scale and gravity, and from then on the readings take part in the map, where the engine can do that. Frames in which
/// nothing is seen then get poses from the readings alone, and a submap that begins afterwards lies in the same world.
///
/// Used by the thread that tracks; the readings may come from another.
public final class InertialSlam {

    private static final int NO_SUBMAP = -1;

    /// After map and readings did not agree.
    private static final long RETRY_NANOS = 2_000_000_000L;

    private final SlamEngine engine;
    private final Optional<InertialEngine> inertialEngine;
    private final ImuBuffer readings;
    private final RigidTransform cameraFromBody;
    private final long readoutNanos;
    private final VisualInertialAligner aligner;
    private final DeadReckoningConfig reckoningConfig = DeadReckoningConfig.DEFAULT;
    private long lastTimeNanos;
    private Optional<Sim3> aligned = Optional.empty();
    private int submap = NO_SUBMAP;
    private long startedNanos;
    private boolean isSeeing;
    private Optional<UnseenWay> unseen = Optional.empty();

    /// The last frame, if it was tracked.
    private Optional<FramePose> seenLast = Optional.empty();

    /// How the camera turned between the last two frames, rad/s in its axes, if both were tracked.
    private Optional<Vector3> turnPerSecond = Optional.empty();

    /// Submaps whose metres are those of one world: that of the frame tracked last, and those that it continues.
    private final Set<Integer> sameWorld = new LinkedHashSet<>();

    /// A submap that was laid into the world of one that was lost.
    private Optional<ContinuedSubmap> continued = Optional.empty();

    /// - `engine`: lent; `readings`: lent, filled by others
    /// - `calibration`: if estimated, camera and gyroscope must agree on a turn first
    public InertialSlam(SlamEngine engine, ImuBuffer readings, CameraCalibration calibration, InertialConfig config) {
        this.engine = engine;
        this.readings = readings;
        this.cameraFromBody = calibration.cameraFromBody();
        this.readoutNanos = Math.round(calibration.readoutSeconds() * 1e9);
        this.inertialEngine = engine instanceof InertialEngine able ? Optional.of(able) : Optional.empty();
        this.aligner = new VisualInertialAligner(
                readings, cameraFromBody, calibration.estimated(), engine::trajectory, config);
    }

    /// As [SlamEngine#track], but a frame that is not tracked may have a pose too: the state is then relocalizing, and
    /// the pose is predicted from the readings alone, in the axes and unit of the submap that was lost.
    public TrackedFrame track(GreyFrame frame) {
        var turn = aligner.gyroRotation(lastTimeNanos, frame.captureTimeNanos());
        var tracked = track(frame.withRowTurns(rowTurns(frame.captureTimeNanos())), turn);
        lastTimeNanos = frame.captureTimeNanos();
        if (tracked.pose().isPresent()) {
            see(tracked.pose().get());
            return tracked;
        }
        turnPerSecond = Optional.empty();
        seenLast = Optional.empty();
        return unseen.flatMap(way -> predicted(way, frame, tracked)).orElse(tracked);
    }

    /// By the gyroscope; else as the camera turned from the frame before the last to the last.
    private RowTurns rowTurns(long captureTimeNanos) {
        if (readoutNanos == 0) {
            return RowTurns.NONE;
        }
        var measured = aligner.rowTurns(captureTimeNanos, readoutNanos);
        return measured.turns().isEmpty()
                ? turnPerSecond
                        .map(rate -> RowTurns.even(rate, readoutNanos / 1e9))
                        .orElse(RowTurns.NONE)
                : measured;
    }

    private void learnTurn(FramePose pose) {
        turnPerSecond = seenLast.filter(before ->
                        before.submap() == pose.submap() && before.captureTimeNanos() < pose.captureTimeNanos())
                .map(before -> {
                    var turn = before.worldFromCamera()
                            .rotation()
                            .inverse()
                            .times(pose.worldFromCamera().rotation());
                    return turn.log().times(1e9 / (pose.captureTimeNanos() - before.captureTimeNanos()));
                });
        seenLast = Optional.of(pose);
    }

    private TrackedFrame track(GreyFrame frame, Optional<Rotation> turn) {
        return inertialEngine
                .map(able -> able.track(frame, turn, () -> expected(able, frame.captureTimeNanos())))
                .orElseGet(() -> engine.track(frame, turn));
    }

    /// Where a frame that is not tracked can be: in each submap of the world in which it was seen last.
    private List<ExpectedPose> expected(InertialEngine able, long nanos) {
        leave(able);
        return unseen.stream()
                .flatMap(way -> sameWorld.stream()
                        .flatMap(
                                known -> metricFromMap(able, known)
                                        .flatMap(metricFromMap -> way.expected(nanos, known, metricFromMap))
                                        .stream()))
                .toList();
    }

    private void see(FramePose pose) {
        isSeeing = true;
        learnTurn(pose);
        aligned = aligner.addPose(pose);
        submap = pose.submap();
        if (unseen.isEmpty() && !sameWorld.contains(submap)) {
            sameWorld.clear();
            sameWorld.add(submap);
        }
        unseen.ifPresent(way -> goOn(way, pose));
        inertialEngine.ifPresent(this::startOrEnd);
    }

    /// After a frame was tracked again.
    private void goOn(UnseenWay way, FramePose pose) {
        boolean isFound = sameWorld.contains(pose.submap());
        Optional<ContinuedSubmap> found = isFound ? Optional.empty() : way.see(pose);
        continued = found.or(() -> continued);
        found.ifPresent(there -> sameWorld.add(there.start().submap()));
        if (isFound || found.isPresent() || way.at(pose.captureTimeNanos()).isEmpty()) {
            unseen = Optional.empty();
        }
    }

    /// Begins to predict from the last frame tracked, if it was the one before.
    private void leave(InertialEngine able) {
        if (isSeeing) {
            unseen = begin(able).or(() -> unseen);
            isSeeing = false;
        }
    }

    private Optional<Sim3> metricFromMap(InertialEngine able, int ofSubmap) {
        return able.metricFromMap(ofSubmap)
                .or(() -> continued
                        .map(ContinuedSubmap::start)
                        .filter(start -> start.submap() == ofSubmap)
                        .map(InertialStart::metricFromMap));
    }

    private Optional<UnseenWay> begin(InertialEngine able) {
        var metricFromMap = metricFromMap(able, submap);
        var biases = able.newestMotion(submap).or(() -> continuedHere().map(ContinuedSubmap::biases));
        if (metricFromMap.isEmpty() || biases.isEmpty() || aligner.isGyroUnconfirmed()) {
            return Optional.empty();
        }
        var lost = new InertialStart(submap, metricFromMap.get(), biases.get().gyroBias(), readings, cameraFromBody);
        var trajectory = engine.trajectory(lastTimeNanos - reckoningConfig.windowNanos());
        return UnseenWay.begin(lost, trajectory, biases.get(), reckoningConfig);
    }

    private Optional<TrackedFrame> predicted(UnseenWay way, GreyFrame frame, TrackedFrame tracked) {
        var mapFromMetric = way.lost().metricFromMap().inverse();
        var there = way.at(frame.captureTimeNanos());
        there.ifPresent(_ -> submap = way.lost().submap());
        return there.map(predicted -> new TrackedFrame(
                TrackingState.RELOCALIZING,
                Optional.of(new FramePose(
                        frame.frameNumber(),
                        frame.captureTimeNanos(),
                        way.lost().submap(),
                        mapFromMetric.applyTo(predicted.worldFromCamera()))),
                false,
                tracked.mapPoints(),
                predicted.covariance(mapFromMetric.scale())));
    }

    private void startOrEnd(InertialEngine able) {
        boolean isMetric = able.metricFromMap(submap).isPresent();
        if (aligner.isGyroUnconfirmed()) {
            able.endInertial(submap);
            continued = Optional.empty();
        } else if (!isMetric && Math.abs(lastTimeNanos - startedNanos) > RETRY_NANOS) {
            var start = continuedHere().isPresent()
                    ? continuedHere().flatMap(there -> there.startAt(lastTimeNanos))
                    : aligner.start();
            start.ifPresent(able::startInertial);
            startedNanos = start.isPresent() ? lastTimeNanos : startedNanos;
        }
    }

    private Optional<ContinuedSubmap> continuedHere() {
        return continued.filter(there -> there.start().submap() == submap);
    }

    /// What brings the submap of the frame tracked or predicted last to metres with Z up, if that is known.
    public Optional<Sim3> metricFromMap() {
        return inertialEngine.flatMap(able -> metricFromMap(able, submap)).or(() -> aligned);
    }

    /// By how much the sensor's clock is ahead of the frames', as found so far; 0 until it is known to differ. For any
    /// thread.
    public long clockAheadNanos() {
        return readings.aheadNanos();
    }

    /// Whether there is a gyroscope that has not confirmed, or denies, how the camera turned. For any thread.
    public boolean isGyroUnconfirmed() {
        return aligner.isGyroUnconfirmed();
    }
}
