package dev.aerie.slam.dense;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.tuning.SweepConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// Dense mapping on a processor: each keyframe is matched with two before it by sweeping planes through the depths,
/// smoothed semi-globally; what two keyframes agree on is fused into a field of distances.
///
/// Depths belong to their keyframes, so a map that is corrected later bends what was seen with it.
public final class SweepBackEnd implements DenseBackEnd {

    private final SweepConfig config;
    private final Deque<RecentView> recent = new ArrayDeque<>();

    @GuardedBy("this")
    private final Deque<MeasuredKeyframe> measured = new ArrayDeque<>();

    private record RecentView(DenseView view, CensusTransform censusTransform) {}

    private record MeasuredKeyframe(DenseView view, DepthMap depths) {}

    private record PosedKeyframe(MeasuredKeyframe keyframe, RigidTransform worldFromCamera) {}

    public SweepBackEnd() {
        this(SweepConfig.DEFAULT);
    }

    public SweepBackEnd(SweepConfig config) {
        this.config = config;
    }

    @Override
    public void add(DenseView view) {
        var censusTransform = CensusTransform.of(view);
        var partners = partners(view);
        if (!partners.isEmpty()) {
            var depths = DepthMap.of(
                    view,
                    censusTransform,
                    partners.stream().map(RecentView::view).toList(),
                    partners.stream().map(RecentView::censusTransform).toList(),
                    config);
            keep(new MeasuredKeyframe(view, depths));
        }
        recent.add(new RecentView(view, censusTransform));
        if (recent.size() > config.remembered()) {
            recent.removeFirst();
        }
    }

    private synchronized void keep(MeasuredKeyframe keyframe) {
        measured.add(keyframe);
        if (measured.size() > config.maxKeyframes()) {
            measured.removeFirst();
        }
    }

    /// Those that look the same way from a little aside.
    private List<RecentView> partners(DenseView view) {
        double middle = Math.sqrt(view.nearest() * view.farthest());
        return recent.stream()
                .filter(recentView -> recentView.view.camera().equals(view.camera()))
                .filter(recentView -> {
                    double fraction = baseline(recentView.view, view) / middle;
                    return fraction > config.minBaseline()
                            && fraction < config.maxBaseline()
                            && rotation(recentView.view, view) < config.maxRotationRadians();
                })
                .sorted(Comparator.comparingDouble(recentView ->
                        Math.abs(Math.log(baseline(recentView.view, view) / middle / config.bestBaseline()))))
                .limit(config.partners())
                .toList();
    }

    private static double baseline(DenseView a, DenseView b) {
        return a.worldFromCamera().translation().distanceTo(b.worldFromCamera().translation());
    }

    private static double rotation(DenseView a, DenseView b) {
        return a.worldFromCamera().rotation().angleTo(b.worldFromCamera().rotation());
    }

    /// The depths of the newest keyframe; empty before there are any.
    synchronized Optional<DepthMap> newest() {
        return Optional.ofNullable(measured.peekLast()).map(MeasuredKeyframe::depths);
    }

    @Override
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

    @Override
    public void close() {
        recent.clear();
    }
}
