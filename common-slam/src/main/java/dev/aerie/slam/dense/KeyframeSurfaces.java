package dev.aerie.slam.dense;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.tuning.SweepConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// The depths of the newest keyframes, fused into surfaces where two keyframes agree. Safe for several threads.
///
/// Depths belong to their keyframes, so a map that is corrected later bends what was seen with it.
public final class KeyframeSurfaces {

    private final SweepConfig config;

    @GuardedBy("this")
    private final Deque<MeasuredKeyframe> measured = new ArrayDeque<>();

    private record MeasuredKeyframe(DenseView view, DepthMap depths) {}

    private record PosedKeyframe(MeasuredKeyframe keyframe, RigidTransform worldFromCamera) {}

    /// - `config`: how many are kept, and how they are fused
    public KeyframeSurfaces(SweepConfig config) {
        this.config = config;
    }

    /// - `depths`: of the view's camera
    public synchronized void keep(DenseView view, DepthMap depths) {
        measured.add(new MeasuredKeyframe(view, depths));
        if (measured.size() > config.maxKeyframes()) {
            measured.removeFirst();
        }
    }

    /// The depths of the newest keyframe; empty before there are any.
    public synchronized Optional<DepthMap> newest() {
        return Optional.ofNullable(measured.peekLast()).map(MeasuredKeyframe::depths);
    }

    /// All surfaces; see [DenseBackEnd#cloud].
    public DenseCloud cloud(LongFunction<Optional<RigidTransform>> poses) {
        List<MeasuredKeyframe> all;
        synchronized (this) {
            all = List.copyOf(measured);
        }
        List<PosedKeyframe> posed = new ArrayList<>();
        for (var keyframe : all) {
            poses.apply(keyframe.view.frameNumber()).ifPresent(pose -> posed.add(new PosedKeyframe(keyframe, pose)));
        }
        double middle = posed.stream()
                .mapToDouble(position -> position.keyframe.depths.median())
                .filter(depth -> depth > 0)
                .average()
                .orElse(1);
        var grid = new VoxelGrid(middle / config.cubesToDepth(), config.maxCubes());
        for (int i = 1; i < posed.size(); i++) {
            fuse(posed.get(i), posed.get(i - 1), grid);
        }
        return grid.surface();
    }

    /// Adds what the keyframe before confirms.
    private void fuse(PosedKeyframe now, PosedKeyframe before, VoxelGrid grid) {
        var depths = now.keyframe.depths;
        var beforeFromNow = before.worldFromCamera.inverse().times(now.worldFromCamera);
        int pixels = depths.camera().widthPixels() * depths.camera().heightPixels();
        var eye = now.worldFromCamera.translation();
        for (int pixel = 0; pixel < pixels; pixel++) {
            if (depths.at(pixel) > 0) {
                var point = depths.point(pixel);
                if (before.keyframe.depths.confirms(point, beforeFromNow, config.agreement())) {
                    int colour = now.keyframe.view.colours().at(pixel);
                    grid.add(eye, now.worldFromCamera.apply(point), colour);
                }
            }
        }
    }
}
