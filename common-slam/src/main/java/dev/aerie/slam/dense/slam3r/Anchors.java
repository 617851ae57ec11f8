package dev.aerie.slam.dense.slam3r;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.dense.DepthMap;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.UmeyamaAlignment;
import dev.aerie.slam.solve.PoseGaussNewton;
import dev.aerie.slam.tuning.Slam3rConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/// Joins a network's points with the map: each keyframe's pose in the network's world is fitted by its calibrated
/// rays, and the depths from there are brought to the map's unit by the landmarks that the keyframe observed.
///
/// A scale for each keyframe leaves nothing of the drift of the network's world. One thread.
final class Anchors {

    /// Points that a pose is fitted to, at most.
    private static final int MAX_POINTS = 1000;

    private static final int MIN_POINTS = 50;
    private static final int ROUNDS = 60;
    private static final int POINTS_PER_ROUND = 4;

    /// Points may be off by several pixels: that of keypoints found four levels up.
    private static final int OCTAVE = 4;

    private static final double MAX_START_ERROR_PIXELS = 5;

    private final Slam3rConfig config;
    private final Random random;
    private final Deque<Double> scales = new ArrayDeque<>();

    /// A pixel that shows a point.
    private record Sample(int column, int row, Vector3 local, Vector3 world) {}

    Anchors(Slam3rConfig config, Random random) {
        this.config = config;
        this.random = random;
    }

    /// Forgets the world that was.
    void clear() {
        scales.clear();
    }

    /// The map's unit, in that of the network's world, as the newest keyframe has it; empty before there is one.
    OptionalDouble newestScale() {
        return scales.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(scales.getLast());
    }

    /// How far a keyframe sees in each pixel, in the map's unit; empty where its pose or scale cannot be found.
    ///
    /// - `local`: in its own axes, in any unit; `world`: in the network's world
    /// - `landmarks`: that it observed, in its camera axes, in the map's unit
    Optional<DepthMap> depths(PinholeCamera camera, PointMap local, PointMap world, List<Vector3> landmarks) {
        return pose(camera, local, world).flatMap(cameraFromWorld -> {
            float[] depths = depths(cameraFromWorld, world);
            var scale = scale(camera, depths, landmarks);
            return scale.isPresent()
                    ? Optional.of(new DepthMap(camera, scaled(camera, depths, (float) scale.getAsDouble())))
                    : Optional.empty();
        });
    }

    /// `cameraFromWorld`.
    private Optional<RigidTransform> pose(PinholeCamera camera, PointMap local, PointMap world) {
        var samples = samples(camera, local, world);
        if (samples.size() < MIN_POINTS) {
            return Optional.empty();
        }
        var start = start(camera, samples);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        var newton = new PoseGaussNewton(camera);
        samples.forEach(sample -> newton.add(sample.world, new Keypoint(sample.column, sample.row, OCTAVE, 0)));
        int agreeing = newton.solve(start.get());
        return 2 * agreeing > samples.size() ? Optional.of(newton.pose()) : Optional.empty();
    }

    private List<Sample> samples(PinholeCamera camera, PointMap local, PointMap world) {
        List<Sample> sure = new ArrayList<>();
        for (int pixel = 0; pixel < world.count(); pixel++) {
            var inCamera = local.point(pixel);
            if (world.confidence(pixel) > config.keptConfidence() && inCamera.z() > 0) {
                int row = Math.floorDiv(pixel, camera.widthPixels());
                sure.add(new Sample(pixel - row * camera.widthPixels(), row, inCamera, world.point(pixel)));
            }
        }
        int step = Math.ceilDiv(sure.size(), MAX_POINTS);
        List<Sample> some = new ArrayList<>();
        for (int i = 0; i < sure.size(); i += step) {
            some.add(sure.get(i));
        }
        return some;
    }

    /// From the similarity of local points and those in the world: the one of many that most rays agree with.
    private Optional<RigidTransform> start(PinholeCamera camera, List<Sample> samples) {
        Optional<RigidTransform> best = Optional.empty();
        int most = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Vector3> from = new ArrayList<>();
            List<Vector3> to = new ArrayList<>();
            for (int i = 0; i < POINTS_PER_ROUND; i++) {
                var sample = samples.get(random.nextInt(samples.size()));
                from.add(sample.world);
                to.add(sample.local);
            }
            var pose = UmeyamaAlignment.align(from, to, true).toRigid();
            int agreeing = (int) samples.stream()
                    .filter(sample -> agrees(camera, pose, sample))
                    .count();
            if (agreeing > most) {
                most = agreeing;
                best = Optional.of(pose);
            }
        }
        return best;
    }

    private static boolean agrees(PinholeCamera camera, RigidTransform pose, Sample sample) {
        var inCamera = pose.apply(sample.world);
        return inCamera.z() > 0
                && Math.hypot(camera.projectX(inCamera) - sample.column, camera.projectY(inCamera) - sample.row)
                        < MAX_START_ERROR_PIXELS;
    }

    /// In the network's unit; 0 where that is not sure.
    private float[] depths(RigidTransform cameraFromWorld, PointMap world) {
        float[] depths = new float[world.count()];
        for (int pixel = 0; pixel < depths.length; pixel++) {
            if (world.confidence(pixel) > config.keptConfidence()) {
                depths[pixel] = (float)
                        Math.max(0, cameraFromWorld.apply(world.point(pixel)).z());
            }
        }
        return depths;
    }

    private OptionalDouble scale(PinholeCamera camera, float[] depths, List<Vector3> landmarks) {
        double[] ratios = landmarks.stream()
                .mapToDouble(landmark -> landmark.z() / Math.max(0, depth(camera, depths, landmark)))
                .filter(ratio -> ratio > 0 && Double.isFinite(ratio))
                .sorted()
                .toArray();
        if (ratios.length >= config.minLandmarks()) {
            double middle = quantile(ratios, 0.5);
            if (quantile(ratios, 0.75) - quantile(ratios, 0.25) <= config.maxQuartileSpread() * middle) {
                scales.add(middle);
                if (scales.size() > config.scaleHistory()) {
                    scales.removeFirst();
                }
                return OptionalDouble.of(middle);
            }
        }
        double[] before =
                scales.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return before.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(quantile(before, 0.5));
    }

    /// At the pixel that shows a landmark; 0 where none does.
    private static double depth(PinholeCamera camera, float[] depths, Vector3 landmark) {
        return camera.project(landmark)
                .map(pixel -> {
                    long column = Math.round(pixel.x());
                    long row = Math.round(pixel.y());
                    boolean isInside =
                            column >= 0 && row >= 0 && column < camera.widthPixels() && row < camera.heightPixels();
                    return isInside ? (double) depths[(int) (row * camera.widthPixels() + column)] : 0;
                })
                .orElse(0.0);
    }

    private static double quantile(double[] sorted, double fraction) {
        return sorted[(int) (fraction * (sorted.length - 1))];
    }

    /// In the map's unit, without the edges of things, where a network's points hang between near and far.
    private float[] scaled(PinholeCamera camera, float[] depths, float scale) {
        int width = camera.widthPixels();
        float[] scaled = new float[depths.length];
        for (int pixel = 0; pixel < depths.length; pixel++) {
            int row = Math.floorDiv(pixel, width);
            int column = pixel - row * width;
            boolean isEdge = (column > 0 && isJump(depths, pixel, pixel - 1))
                    || (column < width - 1 && isJump(depths, pixel, pixel + 1))
                    || (row > 0 && isJump(depths, pixel, pixel - width))
                    || (row < camera.heightPixels() - 1 && isJump(depths, pixel, pixel + width));
            scaled[pixel] = isEdge ? 0 : depths[pixel] * scale;
        }
        return scaled;
    }

    private boolean isJump(float[] depths, int pixel, int neighbour) {
        return depths[neighbour] > 0 && Math.abs(depths[neighbour] - depths[pixel]) > config.maxJump() * depths[pixel];
    }
}
