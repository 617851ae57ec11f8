package dev.aerie.evaluation.slam;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.trajectory.Trajectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Five-point odometry on a sequence, with its own scale and with that of the truth.
///
/// - `ownScale`: step lengths from triangulated points
/// - `trueScale`: step lengths from the truth, as from a speed sensor; empty where the truth lacks poses
public record FivePointRun(SequenceRun ownScale, Optional<SequenceRun> trueScale) {

    public static FivePointRun of(ImageSequence sequence) throws IOException {
        var motions = new ArrayList<RigidTransform>();
        var latencies = new ArrayList<Double>();
        try (var odometry = new FivePointOdometry(sequence.camera())) {
            for (var frame : sequence.images()) {
                try (var grey = frame.read()) {
                    long begun = System.nanoTime();
                    motions.add(odometry.next(grey));
                    latencies.add((System.nanoTime() - begun) / 1e6);
                }
            }
        }
        return new FivePointRun(
                run(sequence, motions, latencies),
                sequence.truth()
                        .filter(truth -> truth.size() == motions.size())
                        .map(truth -> run(sequence, stretched(motions, truth), latencies)));
    }

    private static List<RigidTransform> stretched(List<RigidTransform> motions, Trajectory truth) {
        var stretched = new ArrayList<RigidTransform>();
        stretched.add(RigidTransform.IDENTITY);
        for (int i = 1; i < motions.size(); i++) {
            var before = truth.poses().get(i - 1).worldFromCamera().translation();
            double metres =
                    before.distanceTo(truth.poses().get(i).worldFromCamera().translation());
            var shift = motions.get(i).translation();
            double factor = shift.length() > 0 ? metres / shift.length() : 0;
            stretched.add(new RigidTransform(motions.get(i).rotation(), shift.times(factor)));
        }
        return stretched;
    }

    /// Chains the motions.
    private static SequenceRun run(ImageSequence sequence, List<RigidTransform> motions, List<Double> latencies) {
        var poses = new ArrayList<FramePose>();
        var worldFromCamera = RigidTransform.IDENTITY;
        for (int i = 0; i < motions.size(); i++) {
            worldFromCamera = worldFromCamera.times(motions.get(i).inverse()).orthonormal();
            long captureTimeNanos = Math.round(sequence.seconds().get(i) * SequenceRun.NANOS);
            poses.add(new FramePose(i, captureTimeNanos, 0, worldFromCamera));
        }
        return new SequenceRun(motions.size(), poses, poses, latencies, List.of(), List.of(), Optional.empty());
    }
}
