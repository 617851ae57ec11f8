package dev.aerie.slam.tracking;

import dev.aerie.slam.geometry.RigidTransform;
import dev.aerie.slam.solve.PoseGaussNewton;

/// Solves a frame's pose from the landmarks that its features show, and takes the wrong ones off it.
final class PoseOptimizer {

    /// Where less agrees, something moves: then what has stood still for long counts, and the rest little.
    private static final double MUCH_AGREES = 0.8;

    private static final int MIN_PROVEN = 40;
    private static final double MIN_PROVEN_SHARE = 0.4;
    private static final double SHARE_OF_UNPROVEN = 0.1;

    private final PoseGaussNewton newton;
    private int[] features = new int[2048];

    PoseOptimizer(PoseGaussNewton newton) {
        this.newton = newton;
    }

    /// Moves the frame; returns how many landmarks agree, 0 if there are too few to tell: then it has not
    /// moved.
    int solve(Frame frame, RigidTransform guess) {
        int count = gather(frame, 1);
        int agreeing = newton.solve(guess);
        if (agreeing < MUCH_AGREES * count && isMuchProven(frame, count)) {
            agreeing = solveByProven(frame, count, guess);
        }
        if (agreeing == 0) {
            return 0;
        }
        for (int i = 0; i < count; i++) {
            if (!newton.isInlier(i)) {
                frame.landmarks[features[i]] = null;
            }
        }
        frame.moveTo(newton.pose());
        return agreeing;
    }

    /// Hands over what the frame shows; returns how much that is.
    private int gather(Frame frame, double shareOfUnproven) {
        if (features.length < frame.landmarks.length) {
            features = new int[2 * frame.landmarks.length];
        }
        newton.start(frame.camera());
        int count = 0;
        for (int i = 0; i < frame.landmarks.length; i++) {
            var landmark = frame.landmarks[i];
            if (landmark != null) {
                double share = landmark.isProven() ? 1 : shareOfUnproven;
                newton.add(landmark.position(), frame.features().keypoint(i), share);
                features[count++] = i;
            }
        }
        return count;
    }

    private static boolean isMuchProven(Frame frame, int known) {
        int proven = 0;
        for (var landmark : frame.landmarks) {
            proven += landmark != null && landmark.isProven() ? 1 : 0;
        }
        return proven >= MIN_PROVEN && proven >= MIN_PROVEN_SHARE * known;
    }

    /// Lets what is proven decide, if more of it agrees then. If not, it was heard already: then it is the rest that is
    /// wrong, after a sharp turn say, and the pose keeps all its footing.
    private int solveByProven(Frame frame, int count, RigidTransform guess) {
        int provenBefore = countProvenAgreeing(frame, count);
        gather(frame, SHARE_OF_UNPROVEN);
        int agreeing = newton.solve(guess);
        if (countProvenAgreeing(frame, count) > provenBefore) {
            return agreeing;
        }
        gather(frame, 1);
        return newton.solve(guess);
    }

    private int countProvenAgreeing(Frame frame, int count) {
        int agreeing = 0;
        for (int i = 0; i < count; i++) {
            var landmark = frame.landmarks[features[i]];
            agreeing += landmark != null && landmark.isProven() && newton.isInlier(i) ? 1 : 0;
        }
        return agreeing;
    }

    /// Of the pose solved last; see [PoseGaussNewton#covariance].
    double[] covariance() {
        return newton.covariance();
    }
}
