package dev.aerie.slam.inertial;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.slam.engine.ExpectedPose;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.GreyFrame;
import dev.aerie.slam.engine.LoopClosure;
import dev.aerie.slam.engine.MapView;
import dev.aerie.slam.engine.MaskCounts;
import dev.aerie.slam.engine.TrackedFrame;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.imu.InertialStart;
import dev.aerie.slam.map.BodyMotion;
import dev.aerie.slam.movable.MovableMasks.FrameMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Finds each frame where the test says; readings take part in its first submap alone.
final class ScriptedInertialEngine implements InertialEngine {

    private final Sim3 metricFromMap;
    private final List<FramePose> trajectory = new ArrayList<>();
    final List<InertialStart> starts = new ArrayList<>();
    Function<GreyFrame, Optional<FramePose>> script = _ -> Optional.empty();

    /// What it was told with the newest frame that it did not find.
    List<ExpectedPose> expected = List.of();

    /// - `metricFromMap`: of the first submap
    ScriptedInertialEngine(Sim3 metricFromMap) {
        this.metricFromMap = metricFromMap;
    }

    @Override
    public TrackedFrame track(GreyFrame frame, Optional<Rotation> lastFromThis, Supplier<List<ExpectedPose>> known) {
        var tracked = track(frame, lastFromThis);
        expected = tracked.pose().isPresent() ? List.of() : known.get();
        return tracked;
    }

    @Override
    public TrackedFrame track(GreyFrame frame, Optional<Rotation> lastFromThis) {
        var pose = script.apply(frame);
        pose.ifPresent(trajectory::add);
        return new TrackedFrame(
                pose.isPresent() ? TrackingState.TRACKING : TrackingState.LOST, pose, false, 500, List.of());
    }

    @Override
    public void startInertial(InertialStart start) {
        starts.add(start);
    }

    @Override
    public List<Vector3> observed(long frameNumber) {
        return List.of();
    }

    @Override
    public void endInertial(int submap) {}

    @Override
    public Optional<Sim3> metricFromMap(int submap) {
        return submap == 0 ? Optional.of(metricFromMap) : Optional.empty();
    }

    @Override
    public Optional<BodyMotion> newestMotion(int submap) {
        return Optional.of(new BodyMotion(Vector3.ZERO, Vector3.ZERO, Vector3.ZERO));
    }

    @Override
    public void judge(FrameMask mask) {}

    @Override
    public MaskCounts maskCounts() {
        return MaskCounts.NONE;
    }

    @Override
    public MapView map() {
        return MapView.EMPTY;
    }

    @Override
    public List<FramePose> trajectory() {
        return List.copyOf(trajectory);
    }

    @Override
    public List<FramePose> trajectory(long sinceNanos) {
        return trajectory.stream()
                .filter(pose -> pose.captureTimeNanos() >= sinceNanos)
                .toList();
    }

    @Override
    public List<LoopClosure> loopClosures() {
        return List.of();
    }

    @Override
    public void close() {}
}
