package dev.aerie.slam.tracking;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.opencv.OpenCv;
import dev.aerie.slam.tuning.TwoViewConfig;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// Two frames of a scene with depth, by an essential matrix: five points at a time (Nistér 2004) within
/// RANSAC.
final class EssentialModel {

    static {
        OpenCv.withoutWindows();
    }

    private EssentialModel() {}

    /// - `focalPixels`: says how large a pixel is among rays
    static Optional<TwoViewModel> fit(BearingPairs pairs, double focalPixels, TwoViewConfig config) {
        try (var first = new Mat(pairs.count(), 1, BearingPairs.matrixType());
                var second = new Mat(pairs.count(), 1, BearingPairs.matrixType());
                var identity = Mat.eye(3, 3, opencv_core.CV_64F).asMat();
                var mask = new Mat()) {
            pairs.copyTo(first, true);
            pairs.copyTo(second, false);
            try (var essential = opencv_calib3d.findEssentialMat(
                    first,
                    second,
                    identity,
                    opencv_calib3d.RANSAC,
                    config.ransacConfidence(),
                    config.essentialOutlierPixels() / focalPixels,
                    config.ransacRounds(),
                    mask)) {
                return essential.rows() == 3 ? Optional.of(model(essential, pairs, focalPixels)) : Optional.empty();
            }
        }
    }

    private static TwoViewModel model(Mat essential, BearingPairs pairs, double focalPixels) {
        DoubleBuffer numbers = essential.createBuffer();
        double[] e = new double[9];
        numbers.get(e);
        double score = 0;
        List<Integer> inliers = new ArrayList<>();
        for (int i = 0; i < pairs.count(); i++) {
            double inSecond = squaredLineDistance(e, 1, 3, pairs.first(i), pairs.second(i)) * focalPixels * focalPixels;
            double inFirst = squaredLineDistance(e, 3, 1, pairs.second(i), pairs.first(i)) * focalPixels * focalPixels;
            score += inSecond < TwoViewModel.LINE_CHI2 ? TwoViewModel.POINT_CHI2 - inSecond : 0;
            score += inFirst < TwoViewModel.LINE_CHI2 ? TwoViewModel.POINT_CHI2 - inFirst : 0;
            if (inSecond < TwoViewModel.LINE_CHI2 && inFirst < TwoViewModel.LINE_CHI2) {
                inliers.add(i);
            }
        }
        return new TwoViewModel(score, inliers, motions(essential));
    }

    /// Squared distance of a ray from the line that the other belongs to; the matrix is read by rows with strides
    /// (1, 3), by columns with (3, 1).
    private static double squaredLineDistance(double[] e, int along, int down, Vector3 from, Vector3 to) {
        double a = e[0] * from.x() + e[along] * from.y() + e[2 * along];
        double b = e[down] * from.x() + e[down + along] * from.y() + e[down + 2 * along];
        double c = e[2 * down] * from.x() + e[2 * down + along] * from.y() + e[2 * down + 2 * along];
        double off = a * to.x() + b * to.y() + c;
        return off * off / (a * a + b * b);
    }

    private static List<RigidTransform> motions(Mat essential) {
        try (var firstRotation = new Mat();
                var secondRotation = new Mat();
                var shift = new Mat()) {
            opencv_calib3d.decomposeEssentialMat(essential, firstRotation, secondRotation, shift);
            DoubleBuffer t = shift.createBuffer();
            var translation = new Vector3(t.get(0), t.get(1), t.get(2));
            var back = translation.times(-1);
            return List.of(
                    new RigidTransform(rotation(firstRotation), translation),
                    new RigidTransform(rotation(firstRotation), back),
                    new RigidTransform(rotation(secondRotation), translation),
                    new RigidTransform(rotation(secondRotation), back));
        }
    }

    static Rotation rotation(Mat matrix) {
        DoubleBuffer m = matrix.createBuffer();
        return new Rotation(m.get(0), m.get(1), m.get(2), m.get(3), m.get(4), m.get(5), m.get(6), m.get(7), m.get(8));
    }
}
