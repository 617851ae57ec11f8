package dev.aerie.slam.tracking;

import dev.aerie.slam.geometry.RigidTransform;
import dev.aerie.slam.solve.PoseSolver;

/// Solves a frame's pose from the landmarks that its features show, and takes the wrong ones off it.
final class PoseFit {

    private final PoseSolver solver;
    private int[] features = new int[2048];

    PoseFit(PoseSolver solver) {
        this.solver = solver;
    }

    /// Moves the frame; returns how many landmarks agree, 0 if there are too few to tell: then it has not
    /// moved.
    int solve(Frame frame, RigidTransform guess) {
        if (features.length < frame.landmarks.length) {
            features = new int[2 * frame.landmarks.length];
        }
        solver.start(frame.camera());
        int count = 0;
        for (int i = 0; i < frame.landmarks.length; i++) {
            var landmark = frame.landmarks[i];
            if (landmark != null) {
                solver.add(landmark.position(), frame.features().keypoint(i));
                features[count++] = i;
            }
        }
        int agreeing = solver.solve(guess);
        if (agreeing == 0) {
            return 0;
        }
        for (int i = 0; i < count; i++) {
            if (!solver.isInlier(i)) {
                frame.landmarks[features[i]] = null;
            }
        }
        frame.moveTo(solver.pose());
        return agreeing;
    }

    /// Of the pose solved last; see [PoseSolver#covariance].
    double[] covariance() {
        return solver.covariance();
    }
}
