package dev.aerie.slam.match;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.feature.ScaleLevels;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.List;

/// Pairs features of two keyframes that show no landmark yet: alike, clearly more than any other on the epipolar
/// line, whether that shows a landmark or not. Any pair on a line has a depth, so that nothing later tells a wrong one;
/// where windows or bricks repeat, wrong
/// ones seem nearer than they are.
public final class EpipolarMatcher {

    /// 95 % of right pairs lie nearer to their line, in variances (one degree of freedom).
    private static final double CHI2 = 3.841;

    private final MatchingConfig config;

    /// The candidates in the second frame: x, y and the square of how far off their line they may lie.
    private double[] candidates = new double[3 * 2048];

    private int[] indices = new int[2048];
    private int candidateCount;

    /// Those of them near one line.
    private int[] onLine = new int[2048];

    public EpipolarMatcher(MatchingConfig config) {
        this.config = config;
    }

    /// Pairs features of `first` with features of `second`, none of which shows a landmark.
    public List<FeaturePair> match(Keyframe first, Keyframe second) {
        var secondFromFirst =
                second.cameraFromWorld().times(first.cameraFromWorld().inverse());
        gather(second, secondFromFirst);
        double[] fundamental = fundamental(first, second, secondFromFirst);
        var pairing = new FeaturePairing(first.features(), second.features());
        for (int i = 0; i < first.features().count(); i++) {
            if (first.landmark(i).isEmpty()) {
                int count = findOnLine(first.features().keypoint(i), fundamental);
                pairing.offer(i, onLine, count, config.maxBits(), config.epipolarRatio());
            }
        }
        return pairing.consistent(config).stream()
                .filter(pair -> second.landmark(pair.second()).isEmpty())
                .toList();
    }

    /// Collects the features of the second keyframe, apart from those near the epipole, where every line passes.
    private void gather(Keyframe second, RigidTransform secondFromFirst) {
        var features = second.features();
        if (indices.length < features.count()) {
            indices = new int[2 * features.count()];
            onLine = new int[2 * features.count()];
            candidates = new double[6 * features.count()];
        }
        var towardsFirst = secondFromFirst.translation();
        var epipole = second.camera().project(towardsFirst.z() > 0 ? towardsFirst : towardsFirst.times(-1));
        candidateCount = 0;
        for (int j = 0; j < features.count(); j++) {
            var keypoint = features.keypoint(j);
            double scale = ScaleLevels.scale(keypoint.octave());
            boolean isNearEpipole = epipole.isPresent()
                    && Math.hypot(
                                    keypoint.xPixels() - epipole.get().x(),
                                    keypoint.yPixels() - epipole.get().y())
                            < config.minFromEpipolePixels() * scale;
            if (!isNearEpipole) {
                candidates[3 * candidateCount] = keypoint.xPixels();
                candidates[3 * candidateCount + 1] = keypoint.yPixels();
                candidates[3 * candidateCount + 2] = CHI2 * scale * scale;
                indices[candidateCount++] = j;
            }
        }
    }

    /// Fills [#onLine] with the candidates near a feature's epipolar line; returns how many there are.
    private int findOnLine(Keypoint from, double[] f) {
        double a = f[0] * from.xPixels() + f[1] * from.yPixels() + f[2];
        double b = f[3] * from.xPixels() + f[4] * from.yPixels() + f[5];
        double c = f[6] * from.xPixels() + f[7] * from.yPixels() + f[8];
        double length2 = a * a + b * b;
        int count = 0;
        for (int k = 0; k < candidateCount; k++) {
            double off = a * candidates[3 * k] + b * candidates[3 * k + 1] + c;
            if (off * off < candidates[3 * k + 2] * length2) {
                onLine[count++] = indices[k];
            }
        }
        return count;
    }

    /// The matrix that takes a pixel of the first keyframe to its line in the second, row by row: K⁻ᵀ E K⁻¹
    /// with the essential matrix E.
    private static double[] fundamental(Keyframe first, Keyframe second, RigidTransform secondFromFirst) {
        var t = secondFromFirst.translation();
        Rotation r = secondFromFirst.rotation();
        double[][] e = {
            cross(t.y(), r.m20(), r.m21(), r.m22(), t.z(), r.m10(), r.m11(), r.m12()),
            cross(t.z(), r.m00(), r.m01(), r.m02(), t.x(), r.m20(), r.m21(), r.m22()),
            cross(t.x(), r.m10(), r.m11(), r.m12(), t.y(), r.m00(), r.m01(), r.m02())
        };
        var from = first.camera();
        var to = second.camera();
        double[] f = new double[9];
        for (int i = 0; i < 3; i++) {
            double x = e[i][0] / from.focalXPixels();
            double y = e[i][1] / from.focalYPixels();
            f[3 * i] = x;
            f[3 * i + 1] = y;
            f[3 * i + 2] = e[i][2] - x * from.centreXPixels() - y * from.centreYPixels();
        }
        for (int j = 0; j < 3; j++) {
            f[j] /= to.focalXPixels();
            f[3 + j] /= to.focalYPixels();
            f[6 + j] -= f[j] * to.centreXPixels() + f[3 + j] * to.centreYPixels();
        }
        return f;
    }

    /// a · row - b · other row
    private static double[] cross(
            double a, double r0, double r1, double r2, double b, double s0, double s1, double s2) {
        return new double[] {a * r0 - b * s0, a * r1 - b * s1, a * r2 - b * s2};
    }
}
