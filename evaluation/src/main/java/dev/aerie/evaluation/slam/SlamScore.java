package dev.aerie.evaluation.slam;

import dev.aerie.evaluation.slam.metrics.Alignment;
import dev.aerie.evaluation.slam.metrics.PosePairs;
import dev.aerie.evaluation.slam.metrics.TrajectoryErrors;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.UmeyamaAlignment;
import dev.aerie.slam.trajectory.Trajectory;
import java.util.ArrayList;
import java.util.List;

/// Errors of an estimated trajectory against the truth, as RMSE.
///
/// - `ateMetres`: of positions, after Sim(3) alignment
/// - `areDegrees`: of attitudes, after the best single rotation
/// - `areAfterPlacesDegrees`: of attitudes, rotated as the positions were; on a nearly straight path positions do not
/// determine the roll, and this figure contains that error
/// - `rpeMetres`: of the translation from one frame to the next
/// - `pathMetres`: length of the true path from the first to the last estimated pose
public record SlamScore(
        double ateMetres, double areDegrees, double areAfterPositionsDegrees, double rpeMetres, double pathMetres) {

    /// Throws [IllegalArgumentException] for too few matching poses.
    public static SlamScore of(Trajectory truth, Trajectory estimate) {
        var pairs = PosePairs.associate(truth, estimate, PosePairs.DEFAULT_SECONDS);
        var errors = TrajectoryErrors.of(pairs, Alignment.SIMILARITY);
        double path = 0;
        for (int i = 1; i < pairs.size(); i++) {
            var before = pairs.reference().get(i - 1).translation();
            path += before.distanceTo(pairs.reference().get(i).translation());
        }
        return new SlamScore(
                errors.absoluteTranslation().rmse(),
                rotationDegrees(pairs),
                errors.absoluteRotationDegrees().rmse(),
                errors.relativeTranslation(1).rmse(),
                path);
    }

    private static double rotationDegrees(PosePairs pairs) {
        var trueFromEstimated = bestRotation(pairs);
        double sum = 0;
        for (int i = 0; i < pairs.size(); i++) {
            double radians = trueFromEstimated
                    .times(pairs.estimate().get(i).rotation())
                    .angleTo(pairs.reference().get(i).rotation());
            sum += radians * radians;
        }
        return Math.toDegrees(Math.sqrt(sum / pairs.size()));
    }

    /// The rotation that aligns the cameras' axes to the true ones best.
    private static Rotation bestRotation(PosePairs pairs) {
        var from = new ArrayList<Vector3>();
        var to = new ArrayList<Vector3>();
        for (int i = 0; i < pairs.size(); i++) {
            for (var tip : List.of(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1))) {
                for (double sign : new double[] {1, -1}) {
                    from.add(pairs.estimate().get(i).rotation().apply(tip.times(sign)));
                    to.add(pairs.reference().get(i).rotation().apply(tip.times(sign)));
                }
            }
        }
        return UmeyamaAlignment.align(from, to, false).rotation();
    }
}
