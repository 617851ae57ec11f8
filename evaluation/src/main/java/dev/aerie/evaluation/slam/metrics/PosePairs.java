package dev.aerie.evaluation.slam.metrics;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.trajectory.TimedPose;
import dev.aerie.slam.trajectory.Trajectory;
import java.util.ArrayList;
import java.util.List;

/// Poses of two trajectories at the same times, by index.
public record PosePairs(List<RigidTransform> reference, List<RigidTransform> estimate) {

    /// Maximum time difference of a pair, in seconds.
    public static final double DEFAULT_SECONDS = 0.01;

    public PosePairs {
        reference = List.copyOf(reference);
        estimate = List.copyOf(estimate);
        if (reference.size() != estimate.size()) {
            throw new IllegalArgumentException(
                    "pairs need as many of each, had " + reference.size() + " and " + estimate.size());
        }
    }

    /// Pairs each pose of the shorter trajectory with the nearest in time of the longer, if near enough, as evo does.
    public static PosePairs associate(Trajectory reference, Trajectory estimate, double maxSeconds) {
        boolean isReferenceLonger = reference.size() > estimate.size();
        var shorter = isReferenceLonger ? estimate : reference;
        var longer = isReferenceLonger ? reference : estimate;
        List<RigidTransform> ofShorter = new ArrayList<>();
        List<RigidTransform> ofLonger = new ArrayList<>();
        int at = 0;
        for (var pose : shorter.poses()) {
            at = nearest(longer.poses(), pose.seconds(), at);
            if (at < longer.size() && Math.abs(longer.poses().get(at).seconds() - pose.seconds()) <= maxSeconds) {
                ofShorter.add(pose.worldFromCamera());
                ofLonger.add(longer.poses().get(at).worldFromCamera());
            }
        }
        return isReferenceLonger ? new PosePairs(ofLonger, ofShorter) : new PosePairs(ofShorter, ofLonger);
    }

    public int size() {
        return reference.size();
    }

    static List<Vector3> positions(List<RigidTransform> poses) {
        return poses.stream().map(RigidTransform::translation).toList();
    }

    /// Index of the pose nearest to a time, searched from `from` on; the first of equally near ones.
    private static int nearest(List<TimedPose> poses, double seconds, int from) {
        int best = from;
        for (int i = from + 1; i < poses.size(); i++) {
            double gain = Math.abs(poses.get(best).seconds() - seconds)
                    - Math.abs(poses.get(i).seconds() - seconds);
            if (gain < 0) {
                break;
            }
            best = gain > 0 ? i : best;
        }
        return best;
    }
}
