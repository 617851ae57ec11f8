package dev.aerie.slam.tracking;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.solve.PoseGaussNewton;
import dev.aerie.slam.tuning.TrackingConfig;

/// Solves a frame's pose from the landmarks that its features show, and takes the wrong ones off it.
final class PoseOptimizer {

    private final PoseGaussNewton newton;
    private final TrackingConfig config;
    private int[] features = new int[2048];

    PoseOptimizer(PoseGaussNewton newton, TrackingConfig config) {
        this.newton = newton;
        this.config = config;
    }

    /// Moves the frame; returns how many landmarks agree, 0 if there are too few to tell: then it has not
    /// moved.
    int solve(Frame frame, RigidTransform guess) {
        int count = addObservations(frame, 1);
        int inliers = newton.solve(guess);
        if (inliers < config.sureInlierRatio() * count && hasEnoughStable(frame, count)) {
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

    private boolean hasEnoughStable(Frame frame, int known) {
        int stable = 0;
        for (var landmark : frame.landmarks) {
            stable += landmark != null && landmark.isStable() ? 1 : 0;
        }
        return stable >= config.minStableLandmarks() && stable >= config.minStableFraction() * known;
    }

    /// Lets what is proven decide, if more of it agrees then. If not, it was heard already: then it is the rest that is
    /// wrong, after a sharp turn say, and the pose keeps all its footing.
    private int solveByStable(Frame frame, int count, RigidTransform guess) {
        int stableBefore = countStableInliers(frame, count);
        addObservations(frame, config.unstableWeight());
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
