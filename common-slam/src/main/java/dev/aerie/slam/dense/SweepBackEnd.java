package dev.aerie.slam.dense;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.slam.geometry.RigidTransform;
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
    private static final double MAX_TURN = Math.toRadians(25);
    private static final double CUBES_TO_DEPTH = 120;
    private static final double AGREEMENT = 0.03;
    private static final int MAX_CUBES = 1 << 20;

    private final Deque<Seen> recent = new ArrayDeque<>();

    @GuardedBy("this")
    private final Deque<Measured> measured = new ArrayDeque<>();

    private record Seen(DenseView view, CensusTransform censusTransform) {}

    private record Measured(DenseView view, DepthMap depths) {}

    private record Placed(Measured keyframe, RigidTransform worldFromCamera) {}

    @Override
    public void add(DenseView view) {
        var censusTransform = CensusTransform.of(view);
        var partners = partners(view);
        if (!partners.isEmpty()) {
            var depths = DepthMap.of(
                    view,
                    censusTransform,
                    partners.stream().map(Seen::view).toList(),
                    partners.stream().map(Seen::censusTransform).toList());
            keep(new Measured(view, depths));
        }
        recent.add(new Seen(view, censusTransform));
        if (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
    }

    private synchronized void keep(Measured keyframe) {
        measured.add(keyframe);
        if (measured.size() > MAX_KEYFRAMES) {
            measured.removeFirst();
        }
    }

    /// Those that look the same way from a little aside.
    private List<Seen> partners(DenseView view) {
        double middle = Math.sqrt(view.nearest() * view.farthest());
        return recent.stream()
                .filter(seen -> seen.view.camera().equals(view.camera()))
                .filter(seen -> {
                    double share = baseline(seen.view, view) / middle;
                    return share > MIN_BASELINE && share < MAX_BASELINE && turn(seen.view, view) < MAX_TURN;
                })
                .sorted(Comparator.comparingDouble(
                        seen -> Math.abs(Math.log(baseline(seen.view, view) / middle / BEST_BASELINE))))
                .limit(PARTNERS)
                .toList();
    }

    private static double baseline(DenseView a, DenseView b) {
        return a.worldFromCamera().translation().distanceTo(b.worldFromCamera().translation());
    }

    private static double turn(DenseView a, DenseView b) {
        return a.worldFromCamera().rotation().angleTo(b.worldFromCamera().rotation());
    }

    /// The depths of the newest keyframe; empty before there are any.
    synchronized Optional<DepthMap> newest() {
        return Optional.ofNullable(measured.peekLast()).map(Measured::depths);
    }

    @Override
    public DenseCloud cloud(LongFunction<Optional<RigidTransform>> poses) {
        List<Measured> all;
        synchronized (this) {
            all = List.copyOf(measured);
        }
        List<Placed> placed = new ArrayList<>();
        for (var keyframe : all) {
            poses.apply(keyframe.view.frameNumber()).ifPresent(pose -> placed.add(new Placed(keyframe, pose)));
        }
        double middle = placed.stream()
                .mapToDouble(place -> place.keyframe.depths.median())
                .filter(depth -> depth > 0)
                .average()
                .orElse(1);
        var grid = new VoxelGrid(middle / CUBES_TO_DEPTH, MAX_CUBES);
        for (int i = 1; i < placed.size(); i++) {
            fuse(placed.get(i), placed.get(i - 1), grid);
        }
        return grid.surface();
    }

    /// Adds what the keyframe before confirms.
    private static void fuse(Placed now, Placed before, VoxelGrid grid) {
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
