package dev.aerie.slam.tracking;

import dev.aerie.geometry.RigidTransform;
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
import org.bytedeco.opencv.opencv_core.MatVector;

/// Two frames of a plane, or from one place, by a homography; taken apart after Malis & Vargas 2007.
final class HomographyModel {

    static {
        OpenCv.withoutWindows();
    }

    private HomographyModel() {}

    /// - `focalPixels`: says how large a pixel is among rays
    static Optional<TwoViewModel> fit(BearingPairs pairs, double focalPixels, TwoViewConfig config) {
        try (var first = new Mat(pairs.count(), 1, BearingPairs.matrixType());
                var second = new Mat(pairs.count(), 1, BearingPairs.matrixType());
                var mask = new Mat()) {
            pairs.copyTo(first, true);
            pairs.copyTo(second, false);
            try (var homography = opencv_calib3d.findHomography(
                    first,
                    second,
                    opencv_calib3d.RANSAC,
                    config.homographyOutlierPixels() / focalPixels,
                    mask,
                    config.ransacRounds(),
                    config.ransacConfidence())) {
                return homography.empty() ? Optional.empty() : model(homography, pairs, focalPixels);
            }
        }
    }

    private static Optional<TwoViewModel> model(Mat homography, BearingPairs pairs, double focalPixels) {
        double[] forth = numbers(homography);
        double[] back;
        try (var inverse = homography.inv().asMat()) {
            back = numbers(inverse);
        }
        double score = 0;
        List<Integer> inliers = new ArrayList<>();
        for (int i = 0; i < pairs.count(); i++) {
            double inSecond = squaredTransferError(forth, pairs.first(i), pairs.second(i)) * focalPixels * focalPixels;
            double inFirst = squaredTransferError(back, pairs.second(i), pairs.first(i)) * focalPixels * focalPixels;
            score += Math.max(0, TwoViewModel.POINT_CHI2 - inSecond) + Math.max(0, TwoViewModel.POINT_CHI2 - inFirst);
            if (inSecond < TwoViewModel.POINT_CHI2 && inFirst < TwoViewModel.POINT_CHI2) {
                inliers.add(i);
            }
        }
        return Double.isFinite(score)
                ? Optional.of(new TwoViewModel(score, inliers, motions(homography)))
                : Optional.empty();
    }

    private static double[] numbers(Mat matrix) {
        DoubleBuffer buffer = matrix.createBuffer();
        double[] numbers = new double[9];
        buffer.get(numbers);
        return numbers;
    }

    private static double squaredTransferError(double[] h, Vector3 from, Vector3 to) {
        double w = h[6] * from.x() + h[7] * from.y() + h[8];
        double x = (h[0] * from.x() + h[1] * from.y() + h[2]) / w;
        double y = (h[3] * from.x() + h[4] * from.y() + h[5]) / w;
        return (x - to.x()) * (x - to.x()) + (y - to.y()) * (y - to.y());
    }

    private static List<RigidTransform> motions(Mat homography) {
        try (var identity = Mat.eye(3, 3, opencv_core.CV_64F).asMat();
                var rotations = new MatVector();
                var shifts = new MatVector();
                var normals = new MatVector()) {
            int count = opencv_calib3d.decomposeHomographyMat(homography, identity, rotations, shifts, normals);
            var motions = new ArrayList<RigidTransform>();
            for (int i = 0; i < count; i++) {
                try (var rotation = rotations.get(i);
                        var shift = shifts.get(i)) {
                    DoubleBuffer t = shift.createBuffer();
                    var translation = new Vector3(t.get(0), t.get(1), t.get(2));
                    motions.add(new RigidTransform(EssentialModel.rotation(rotation), translation));
                }
            }
            return motions;
        }
    }
}
