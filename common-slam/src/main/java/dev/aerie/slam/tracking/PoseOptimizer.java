package dev.aerie.slam.tracking;

import dev.aerie.slam.geometry.RigidTransform;
import dev.aerie.slam.solve.PoseGaussNewton;

/// Solves a frame's pose from the landmarks that its features show, and takes the wrong ones off it.
final class PoseOptimizer {

    /// Where less agrees, something moves: then what has stood still for long counts, and the rest little.
    private static final double MUCH_AGREES = 0.8;

    private static final int MIN_STABLE = 40;
    private static final double MIN_STABLE_FRACTION = 0.4;
    private static final double WEIGHT_OF_UNSTABLE = 0.1;

    private final PoseGaussNewton newton;
    private int[] features = new int[2048];

    PoseOptimizer(PoseGaussNewton newton) {
        this.newton = newton;
    }

    /// Moves the frame; returns how many landmarks agree, 0 if there are too few to tell: then it has not
    /// moved.
    int solve(Frame frame, RigidTransform guess) {
        int count = addObservations(frame, 1);
        int inliers = newton.solve(guess);
        if (inliers < MUCH_AGREES * count && hasEnoughStable(frame, count)) {
            inliers = solveByStable(frame, count, guess);
        }
        if (inliers == 0) {
            return 0;
        }
        for (int i = 0; i < count; i++) {
            if (!newton.isInlier(i)) {
                frame.landmarks[features[i]] = null;
            }
        }
        frame.moveTo(newton.pose());
        return inliers;
    }

    /// Hands over what the frame shows; returns how much that is.
    private int addObservations(Frame frame, double weightOfUnstable) {
        if (features.length < frame.landmarks.length) {
            features = new int[2 * frame.landmarks.length];
        }
        newton.start(frame.camera());
        int count = 0;
        for (int i = 0; i < frame.landmarks.length; i++) {
            var landmark = frame.landmarks[i];
            if (landmark != null) {
                double fraction = landmark.isStable() ? 1 : weightOfUnstable;
                newton.add(landmark.position(), frame.features().keypoint(i), fraction);
                features[count++] = i;
            }
        }
        return count;
    }

    private static boolean hasEnoughStable(Frame frame, int known) {
        int stable = 0;
        for (var landmark : frame.landmarks) {
            stable += landmark != null && landmark.isStable() ? 1 : 0;
        }
        return stable >= MIN_STABLE && stable >= MIN_STABLE_FRACTION * known;
    }

    /// Lets what is proven decide, if more of it agrees then. If not, it was heard already: then it is the rest that is
    /// wrong, after a sharp turn say, and the pose keeps all its footing.
    private int solveByStable(Frame frame, int count, RigidTransform guess) {
        int stableBefore = countStableInliers(frame, count);
        addObservations(frame, WEIGHT_OF_UNSTABLE);
        int inliers = newton.solve(guess);
        if (countStableInliers(frame, count) > stableBefore) {
            return inliers;
        }
        addObservations(frame, 1);
        return newton.solve(guess);
    }

    private int countStableInliers(Frame frame, int count) {
        int inliers = 0;
        for (int i = 0; i < count; i++) {
            var landmark = frame.landmarks[features[i]];
            inliers += landmark != null && landmark.isStable() && newton.isInlier(i) ? 1 : 0;
        }
        return inliers;
    }

    /// Of the pose solved last; see [PoseGaussNewton#covariance].
    double[] covariance() {
        return newton.covariance();
    }
}
