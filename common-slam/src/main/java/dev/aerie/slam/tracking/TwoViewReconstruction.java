package dev.aerie.slam.tracking;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.Triangulation;
import dev.aerie.slam.map.InitialMap.InitialPoint;
import dev.aerie.slam.match.FeaturePair;
import dev.aerie.slam.tuning.InitializationConfig;
import dev.aerie.slam.tuning.TwoViewConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Motion and depth from two frames alone: by an essential matrix or by a homography, whichever explains them,
/// and only if one motion stands out and there is parallax.
///
/// Source: ORB-SLAM (Mur-Artal et al. 2015), section IV.
final class TwoViewReconstruction {

    private final PinholeCamera camera;
    private final InitializationConfig config;
    private final TwoViewConfig twoViews;

    TwoViewReconstruction(PinholeCamera camera, InitializationConfig config, TwoViewConfig twoViews) {
        this.camera = camera;
        this.config = config;
        this.twoViews = twoViews;
    }

    /// A motion, and what follows from it.
    ///
    /// - `valid`: pairs that lie in front of both cameras where they were seen
    /// - `points`: those of them that have parallax
    record Solution(RigidTransform secondFromFirst, int valid, List<InitialPoint> points, double parallaxDegrees) {}

    /// - `measuredRotation`: the camera's, where a gyroscope measures it: among people who all go
    ///   somewhere, two frames can be explained by motions that never were
    Optional<Solution> solve(
            Features first, Features second, List<FeaturePair> matches, Optional<GyroRotation> measuredRotation) {
        if (matches.size() < config.minPoints()) {
            return Optional.empty();
        }
        var pairs = new BearingPairs(camera, first, second, matches);
        double focal = camera.focalXPixels();
        boolean[] isRotationOnly = RotationOnlyModel.inliers(pairs, focal, twoViews);
        long moved = IntStream.range(0, isRotationOnly.length)
                .filter(i -> !isRotationOnly[i])
                .count();
        if (moved < (1 - config.maxRotationOnlyFraction()) * pairs.count()) {
            return Optional.empty();
        }
        var essential = EssentialModel.fit(pairs, focal, twoViews);
        var homography = HomographyModel.fit(pairs, focal, twoViews);
        double planar = homography.map(TwoViewModel::score).orElse(0.0);
        double deep = essential.map(TwoViewModel::score).orElse(0.0);
        var better = planar > config.homographyScoreFraction() * (planar + deep) ? homography : essential;
        double fraction = measuredRotation.isPresent() ? config.minMovedFractionWithGyro() : config.minMovedFraction();
        return better.filter(model -> countMovedInliers(model, isRotationOnly) >= fraction * moved)
                .flatMap(model -> bestMotion(model, pairs))
                .filter(solution -> measuredRotation.isPresent() || hasParallax(solution))
                .filter(solution -> measuredRotation
                        .map(measured ->
                                measured.allows(solution.secondFromFirst().rotation(), config))
                        .orElse(true));
    }

    /// How many of the pairs that a turn does not explain the model does.
    private static long countMovedInliers(TwoViewModel model, boolean[] isRotationOnly) {
        return model.inliers().stream().filter(i -> !isRotationOnly[i]).count();
    }

    private Optional<Solution> bestMotion(TwoViewModel model, BearingPairs pairs) {
        Solution best = null;
        int rival = 0;
        for (var motion : model.motions()) {
            var solution = triangulate(motion, model.inliers(), pairs);
            if (best == null || solution.valid() > best.valid()) {
                rival = best == null ? 0 : best.valid();
                best = solution;
            } else {
                rival = Math.max(rival, solution.valid());
            }
        }
        return best != null
                        && best.points().size() >= config.minPoints()
                        && best.valid()
                                >= config.minValidFraction() * model.inliers().size()
                        && rival < config.maxRivalFraction() * best.valid()
                        && best.parallaxDegrees() >= config.minParallaxDegrees()
                ? Optional.of(best)
                : Optional.empty();
    }

    /// Whether the two frames alone tell the motion.
    private boolean hasParallax(Solution solution) {
        return Math.toRadians(solution.parallaxDegrees()) * camera.focalXPixels() >= config.minParallaxPixels();
    }

    private Solution triangulate(RigidTransform secondFromFirst, List<Integer> inliers, BearingPairs pairs) {
        var points = new ArrayList<InitialPoint>();
        var cosines = new ArrayList<Double>();
        int valid = 0;
        var secondPosition = secondFromFirst.originOfTarget();
        for (int i : inliers) {
            var point = Triangulation.triangulate(
                            pairs.first(i), RigidTransform.IDENTITY, pairs.second(i), secondFromFirst)
                    .filter(p -> error(p, pairs.first(i)) < config.maxReprojectionPixels())
                    .filter(p -> error(secondFromFirst.apply(p), pairs.second(i)) < config.maxReprojectionPixels());
            if (point.isPresent()) {
                valid++;
                double cosine = Triangulation.parallaxCosine(point.get(), Vector3.ZERO, secondPosition);
                cosines.add(cosine);
                if (cosine < config.maxParallaxCosine()) {
                    var featurePair = pairs.pair(i);
                    points.add(new InitialPoint(featurePair.first(), featurePair.second(), point.get()));
                }
            }
        }
        return new Solution(secondFromFirst, valid, points, parallaxDegrees(cosines));
    }

    private double error(Vector3 inCamera, Vector3 ray) {
        return camera.focalXPixels()
                * Math.hypot(inCamera.x() / inCamera.z() - ray.x(), inCamera.y() / inCamera.z() - ray.y());
    }

    /// That of the point at the rank that decides.
    private double parallaxDegrees(List<Double> cosines) {
        if (cosines.isEmpty()) {
            return 0;
        }
        var sorted = cosines.stream().sorted().toList();
        double cosine = sorted.get(Math.min(config.parallaxRank(), sorted.size()) - 1);
        return Math.toDegrees(StrictMath.acos(Math.clamp(cosine, -1, 1)));
    }
}
