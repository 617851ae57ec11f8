package dev.aerie.slam.dense;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.geometry.RigidTransform;
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

    private static final int PARTNERS = 2;
    private static final int REMEMBERED = 8;
    private static final int MAX_KEYFRAMES = 120;
    private static final double MIN_BASELINE = 0.02;
    private static final double BEST_BASELINE = 0.08;
    private static final double MAX_BASELINE = 0.4;
    private static final double MAX_ROTATION = Math.toRadians(25);
    private static final double CUBES_TO_DEPTH = 120;
    private static final double AGREEMENT = 0.03;
    private static final int MAX_CUBES = 1 << 20;

    private final Deque<RecentView> recent = new ArrayDeque<>();

    @GuardedBy("this")
    private final Deque<MeasuredKeyframe> measured = new ArrayDeque<>();

    private record RecentView(DenseView view, CensusTransform censusTransform) {}

    private record MeasuredKeyframe(DenseView view, DepthMap depths) {}

    private record PosedKeyframe(MeasuredKeyframe keyframe, RigidTransform worldFromCamera) {}

    @Override
    public void add(DenseView view) {
        var censusTransform = CensusTransform.of(view);
        var partners = partners(view);
        if (!partners.isEmpty()) {
            var depths = DepthMap.of(
                    view,
                    censusTransform,
                    partners.stream().map(RecentView::view).toList(),
                    partners.stream().map(RecentView::censusTransform).toList());
            keep(new MeasuredKeyframe(view, depths));
        }
        recent.add(new RecentView(view, censusTransform));
        if (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
    }

    private synchronized void keep(MeasuredKeyframe keyframe) {
        measured.add(keyframe);
        if (measured.size() > MAX_KEYFRAMES) {
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
                    return fraction > MIN_BASELINE
                            && fraction < MAX_BASELINE
                            && rotation(recentView.view, view) < MAX_ROTATION;
                })
                .sorted(Comparator.comparingDouble(
                        recentView -> Math.abs(Math.log(baseline(recentView.view, view) / middle / BEST_BASELINE))))
                .limit(PARTNERS)
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
        var grid = new VoxelGrid(middle / CUBES_TO_DEPTH, MAX_CUBES);
        for (int i = 1; i < posed.size(); i++) {
            fuse(posed.get(i), posed.get(i - 1), grid);
        }
        return grid.surface();
    }

    /// Adds what the keyframe before confirms.
    private static void fuse(PosedKeyframe now, PosedKeyframe before, VoxelGrid grid) {
        var depths = now.keyframe.depths;
        var beforeFromNow = before.worldFromCamera.inverse().times(now.worldFromCamera);
        int pixels = depths.camera().widthPixels() * depths.camera().heightPixels();
        var eye = now.worldFromCamera.translation();
        for (int pixel = 0; pixel < pixels; pixel++) {
            if (depths.at(pixel) > 0) {
                var point = depths.point(pixel);
                if (before.keyframe.depths.confirms(point, beforeFromNow, AGREEMENT)) {
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
