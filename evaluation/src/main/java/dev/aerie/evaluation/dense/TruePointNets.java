package dev.aerie.evaluation.dense;

import static java.util.Objects.requireNonNull;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.dense.DenseView;
import dev.aerie.slam.dense.slam3r.PointMap;
import dev.aerie.slam.dense.slam3r.PointNets;
import dev.aerie.slam.dense.slam3r.SceneFrame;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.geometry.UmeyamaAlignment;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/// In the place of SLAM3R's networks: the simulator's true points, each time in another unit, with the errors that
/// networks make. Judges what is made of points without any weights.
///
/// The world that frames are registered in is read from the points of the frames shown, as a network reads it.
public final class TruePointNets implements PointNets {

    private static final float SURE = 20;
    private static final float UNSURE = 1.2F;
    private static final float WEAK = 4;
    private static final int SAMPLES = 60;
    private static final int TRIMMINGS = 4;

    private final int side;
    private final Function<DenseView, TrueView> truth;
    private final Flaws flaws;
    private final Random random;
    private final Map<Long, TrueView> known = new HashMap<>();

    /// What the points are like.
    ///
    /// - `noise`: of each point, as a fraction of its depth
    /// - `wrong`: fraction of points that are elsewhere, as sure as the others
    /// - `drift`: how much the unit of the world wanders with each registered frame, as a fraction
    /// - `weak`: the frames of which the networks are not sure
    public record Flaws(double noise, double wrong, double drift, LongPredicate weak) {}

    /// - `truth`: what a view truly shows, of the same camera
    public TruePointNets(int side, Function<DenseView, TrueView> truth, Flaws flaws, long seed) {
        this.side = side;
        this.truth = truth;
        this.flaws = flaws;
        this.random = new Random(seed);
    }

    @Override
    public int sidePixels() {
        return side;
    }

    @Override
    public SceneFrame encode(DenseView square) {
        known.put(square.frameNumber(), truth.apply(square));
        return new SceneFrame(square, 1);
    }

    private TrueView view(SceneFrame frame) {
        return requireNonNull(known.get(frame.view().frameNumber()));
    }

    @Override
    public List<PointMap> window(SceneFrame keyframe, List<SceneFrame> others) {
        var anyUnit = new Sim3(Rotation.IDENTITY, Vector3.ZERO, Math.exp(random.nextGaussian()));
        var cameraFromWorld =
                anyUnit.times(Sim3.of(view(keyframe).worldFromCamera().inverse()));
        List<SceneFrame> all = new ArrayList<>(List.of(keyframe));
        all.addAll(others);
        return all.stream().map(frame -> map(frame, cameraFromWorld)).toList();
    }

    @Override
    public PointMap keyframe(SceneFrame keyframe, List<SceneFrame> others) {
        return window(keyframe, List.of()).getFirst();
    }

    /// By how far apart the cameras are and how differently they look.
    @Override
    public double[] correlations(SceneFrame frame, List<SceneFrame> scene) {
        var own = view(frame).worldFromCamera();
        return scene.stream()
                .map(other -> view(other).worldFromCamera())
                .mapToDouble(other -> -own.translation().distanceTo(other.translation())
                        - 10 * own.rotation().angleTo(other.rotation()))
                .toArray();
    }

    @Override
    public PointMap registration(List<SceneFrame> scene, SceneFrame frame, PointMap local) {
        var sceneFromWorld = sceneFromWorld(scene);
        var drifted = 1 + flaws.drift() * random.nextGaussian();
        return map(frame, new Sim3(Rotation.IDENTITY, Vector3.ZERO, drifted).times(sceneFromWorld));
    }

    /// The similarity that takes true points to those that the scene's frames are said to have; points that do not fit
    /// are left out.
    private Sim3 sceneFromWorld(List<SceneFrame> scene) {
        List<Vector3> from = new ArrayList<>();
        List<Vector3> to = new ArrayList<>();
        for (var frame : scene) {
            var view = view(frame);
            FloatBuffer points = frame.points();
            for (int i = 0; i < SAMPLES; i++) {
                int pixel = random.nextInt(side * side);
                var point = new Vector3(points.get(3 * pixel), points.get(3 * pixel + 1), points.get(3 * pixel + 2));
                if (view.isKnown(pixel) && point.length() > 0) {
                    from.add(view.worldFromCamera().apply(view.point(pixel)));
                    to.add(point);
                }
            }
        }
        var fitted = UmeyamaAlignment.align(from, to, true);
        for (int trimming = 0; trimming < TRIMMINGS; trimming++) {
            var now = fitted;
            var best = IntStream.range(0, from.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(
                            (Integer i) -> now.apply(from.get(i)).distanceTo(to.get(i))))
                    .limit(Math.max(3, Math.round(0.7 * from.size())))
                    .toList();
            fitted = UmeyamaAlignment.align(
                    best.stream().map(from::get).toList(),
                    best.stream().map(to::get).toList(),
                    true);
        }
        return fitted;
    }

    /// A frame's points in other axes, with the flaws.
    private PointMap map(SceneFrame frame, Sim3 axesFromWorld) {
        var view = view(frame);
        boolean isWeak = flaws.weak().test(frame.view().frameNumber());
        float[] points = new float[3 * side * side];
        float[] confidences = new float[side * side];
        for (int pixel = 0; pixel < confidences.length; pixel++) {
            confidences[pixel] = UNSURE;
            if (view.isKnown(pixel)) {
                confidences[pixel] = isWeak ? WEAK : SURE;
                boolean isWrong = random.nextDouble() < flaws.wrong();
                double error = isWrong ? random.nextDouble() - 0.5 : flaws.noise() * random.nextGaussian();
                var inCamera = view.point(pixel).times(Math.max(0.1, 1 + error));
                var point = axesFromWorld.apply(view.worldFromCamera().apply(inCamera));
                points[3 * pixel] = (float) point.x();
                points[3 * pixel + 1] = (float) point.y();
                points[3 * pixel + 2] = (float) point.z();
            }
        }
        return new PointMap(points, confidences);
    }

    @Override
    public void close() {
        known.clear();
    }
}
