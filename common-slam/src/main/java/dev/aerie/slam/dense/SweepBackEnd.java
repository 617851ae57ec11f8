package dev.aerie.slam.dense;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.tuning.SweepConfig;
import java.util.ArrayDeque;
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

    private static final int WIDTH = 320;

    private final SweepConfig config;
    private final Deque<RecentView> recent = new ArrayDeque<>();

    private final KeyframeSurfaces surfaces;

    private record RecentView(DenseView view, CensusTransform censusTransform) {}

    public SweepBackEnd() {
        this(SweepConfig.DEFAULT);
    }

    public SweepBackEnd(SweepConfig config) {
        this.config = config;
        this.surfaces = new KeyframeSurfaces(config);
    }

    @Override
    public int viewWidthPixels(int widthPixels, int heightPixels) {
        return Math.min(WIDTH, widthPixels);
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
            surfaces.keep(view, depths);
        }
        recent.add(new RecentView(view, censusTransform));
        if (recent.size() > config.remembered()) {
            recent.removeFirst();
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
    Optional<DepthMap> newest() {
        return surfaces.newest();
    }

    @Override
    public DenseCloud cloud(LongFunction<Optional<RigidTransform>> poses) {
        return surfaces.cloud(poses);
    }

    @Override
    public void close() {
        recent.clear();
    }
}
