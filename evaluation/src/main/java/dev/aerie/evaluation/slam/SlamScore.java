package dev.aerie.evaluation.slam;

import dev.aerie.evaluation.slam.metrics.Alignment;
import dev.aerie.evaluation.slam.metrics.PosePairs;
import dev.aerie.evaluation.slam.metrics.TrajectoryErrors;
import dev.aerie.slam.geometry.PointAlignment;
import dev.aerie.slam.geometry.Rotation;
import dev.aerie.slam.geometry.Vector3;
import dev.aerie.slam.trajectory.Trajectory;
import java.util.ArrayList;
import java.util.List;

/// How far an estimate is off the truth; errors are roots of mean squares.
///
/// - `ateMetres`: of places, after the similarity that lays them over the truth best
/// - `areDegrees`: of attitudes, after the one rotation that lays them over the true ones best
/// - `areAfterPlacesDegrees`: of attitudes, turned as the places were; on a nearly straight way places do not
///   say how the camera is rolled, and this figure tells of that
/// - `rpeMetres`: of the way from one frame to the next
/// - `pathMetres`: how long the true way is, from the first to the last pose that was estimated
public record SlamScore(
        double ateMetres, double areDegrees, double areAfterPositionsDegrees, double rpeMetres, double pathMetres) {

    /// Throws [IllegalArgumentException] where too few poses belong together.
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

    /// The rotation that lays the tips of all cameras' axes over the true ones best.
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
        return PointAlignment.rigid(from, to).rotation();
    }
}
