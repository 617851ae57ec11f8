package dev.aerie.slam.pipeline;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.GreyFrame;
import dev.aerie.slam.engine.LoopClosure;
import dev.aerie.slam.engine.MapView;
import dev.aerie.slam.engine.MaskCounts;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.engine.TrackedFrame;
import dev.aerie.slam.movable.MovableMasks.FrameMask;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An engine that finds each frame where the test says, and keeps every tenth.
final class ScriptedEngine implements SlamEngine {

    private final Function<GreyFrame, Optional<FramePose>> script;
    private final List<FramePose> trajectory = new CopyOnWriteArrayList<>();
    private final List<FramePose> keyframes = new CopyOnWriteArrayList<>();

    @Nullable
    Rotation lastRotation;

    /// Frames that came with a mask, and those whose masks came later.
    final List<Long> masked = new CopyOnWriteArrayList<>();

    final List<Long> judged = new CopyOnWriteArrayList<>();
    int firstGrey;
    boolean isClosed;

    ScriptedEngine(Function<GreyFrame, Optional<FramePose>> script) {
        this.script = script;
    }

    @Override
    public TrackedFrame track(GreyFrame frame, Optional<Rotation> lastFromThis) {
        lastRotation = lastFromThis.orElse(null);
        firstGrey = frame.grey().data().get() & 0xFF;
        frame.movable().ifPresent(_ -> masked.add(frame.frameNumber()));
        var pose = script.apply(frame);
        boolean isKeyframe = pose.isPresent() && frame.frameNumber() % 10 == 0;
        pose.ifPresent(trajectory::add);
        if (isKeyframe) {
            keyframes.add(pose.get());
        }
        var state = pose.isPresent() ? TrackingState.TRACKING : TrackingState.INITIALIZING;
        return new TrackedFrame(state, pose, isKeyframe, 500, List.of());
    }

    @Override
    public void judge(FrameMask mask) {
        judged.add(mask.frameNumber());
    }

    @Override
    public MaskCounts maskCounts() {
        return new MaskCounts(masked.size(), 0, 0);
    }

    @Override
    public MapView map() {
        return new MapView(keyframes.size(), 0, keyframes, List.of(new Vector3(1, 2, 3)));
    }

    @Override
    public List<Vector3> observed(long frameNumber) {
        return List.of();
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
    public void close() {
        isClosed = true;
    }
}
