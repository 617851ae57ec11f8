package dev.aerie.slam.loop;

import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.feature.ScaleLevels;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.geometry.UmeyamaAlignment;
import dev.aerie.slam.tuning.LoopConfig;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Finds the similarity between what two cameras know of the same points, of which many may be mistaken.
///
/// Source: Horn 1987 within RANSAC, as ORB-SLAM (Mur-Artal et al. 2015), section VII.B.
final class SimilarityRansac {

    private static final int SAMPLE = 3;

    private final PinholeCamera camera;
    private final RandomGenerator random;
    private final LoopConfig config;

    SimilarityRansac(PinholeCamera camera, RandomGenerator random, LoopConfig config) {
        this.camera = camera;
        this.random = random;
        this.config = config;
    }

    /// A point as both cameras know it, each in its own axes and unit, and where each sees it.
    record PointPair(Vector3 inFirst, Keypoint first, Vector3 inSecond, Keypoint second) {}

    /// `secondFromFirst`, or nothing if fewer than `min` pairs agree on one.
    Optional<Sim3> solve(List<PointPair> pairs, int min) {
        if (pairs.size() < Math.max(min, SAMPLE)) {
            return Optional.empty();
        }
        List<PointPair> best = List.of();
        for (int round = 0; round < config.ransacRounds(); round++) {
            var inliers = inliers(fit(sample(pairs)), pairs);
            best = inliers.size() > best.size() ? inliers : best;
        }
        if (best.size() < min) {
            return Optional.empty();
        }
        var refined = inliers(fit(best), pairs);
        return Optional.of(fit(refined.size() >= best.size() ? refined : best));
    }

    private List<PointPair> sample(List<PointPair> pairs) {
        return random.ints(0, pairs.size())
                .distinct()
                .limit(SAMPLE)
                .mapToObj(pairs::get)
                .toList();
    }

    private static Sim3 fit(List<PointPair> pairs) {
        return UmeyamaAlignment.align(
                pairs.stream().map(PointPair::inFirst).toList(),
                pairs.stream().map(PointPair::inSecond).toList(),
                true);
    }

    private List<PointPair> inliers(Sim3 secondFromFirst, List<PointPair> pairs) {
        var firstFromSecond = secondFromFirst.inverse();
        return pairs.stream()
                .filter(pair -> isSeen(secondFromFirst.apply(pair.inFirst()), pair.second())
                        && isSeen(firstFromSecond.apply(pair.inSecond()), pair.first()))
                .toList();
    }

    private boolean isSeen(Vector3 inCamera, Keypoint where) {
        double ex = camera.projectX(inCamera) - where.xPixels();
        double ey = camera.projectY(inCamera) - where.yPixels();
        return inCamera.z() > 0
                && (ex * ex + ey * ey) * ScaleLevels.information(where.octave()) < config.maxReprojectionChi2();
    }
}
