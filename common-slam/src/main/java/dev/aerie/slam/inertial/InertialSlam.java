package dev.aerie.slam.inertial;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.GreyFrame;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.engine.TrackedFrame;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.imu.ImuBuffer;
import dev.aerie.slam.imu.VisualInertialAligner;
import dev.aerie.slam.tuning.InertialConfig;
import java.util.Optional;

/// Tracks frames with the readings of an inertial sensor: the gyroscope predicts each turn, a first alignment finds
/// scale and gravity, and from then on the readings take part in the map, where the engine can do that.
///
/// Used by the thread that tracks; the readings may come from another.
public final class InertialSlam {

    private static final int NO_SUBMAP = -1;

    /// After map and readings did not agree.
    private static final long RETRY_NANOS = 2_000_000_000L;

    private final SlamEngine engine;
    private final Optional<InertialEngine> inertialEngine;
    private final VisualInertialAligner aligner;
    private long lastTimeNanos;
    private Optional<Sim3> aligned = Optional.empty();
    private int submap = NO_SUBMAP;
    private long startedNanos;

    /// - `engine`: lent; `readings`: lent, filled by others
    /// - `isLensGuessed`: then camera and gyroscope must agree on a turn first
    public InertialSlam(
            SlamEngine engine,
            ImuBuffer readings,
            RigidTransform cameraFromBody,
            boolean isLensGuessed,
            InertialConfig config) {
        this.engine = engine;
        this.inertialEngine = engine instanceof InertialEngine able ? Optional.of(able) : Optional.empty();
        this.aligner = new VisualInertialAligner(readings, cameraFromBody, isLensGuessed, engine::trajectory, config);
    }

    /// As [SlamEngine#track].
    public TrackedFrame track(GreyFrame frame) {
        var turn = aligner.gyroRotation(lastTimeNanos, frame.captureTimeNanos());
        lastTimeNanos = frame.captureTimeNanos();
        var tracked = engine.track(frame, turn);
        tracked.pose().ifPresent(this::align);
        return tracked;
    }

    private void align(FramePose pose) {
        aligned = aligner.addPose(pose);
        submap = pose.submap();
        inertialEngine.ifPresent(this::startOrEnd);
    }

    private void startOrEnd(InertialEngine able) {
        boolean isMetric = able.metricFromMap(submap).isPresent();
        if (isMetric && aligner.isGyroUnconfirmed()) {
            able.endInertial(submap);
        } else if (!isMetric && aligned.isPresent() && Math.abs(lastTimeNanos - startedNanos) > RETRY_NANOS) {
            aligner.start().ifPresent(able::startInertial);
            startedNanos = lastTimeNanos;
        }
    }

    /// What brings the submap of the frame tracked last to metres with Z up, if that is known.
    public Optional<Sim3> metricFromMap() {
        return inertialEngine.flatMap(able -> able.metricFromMap(submap)).or(() -> aligned);
    }

    /// Whether there is a gyroscope that has not confirmed, or denies, how the camera turned. For any thread.
    public boolean isGyroUnconfirmed() {
        return aligner.isGyroUnconfirmed();
    }
}
