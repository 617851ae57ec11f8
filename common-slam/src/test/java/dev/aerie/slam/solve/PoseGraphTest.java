package dev.aerie.slam.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.Sim3;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Forty poses on a circle of radius 10, measured from one to the next with a scale that drifts by 1 % each
/// time.
final class PoseGraphTest {

    private static final int POSES = 40;
    private static final double RADIUS = 10;
    private static final double DRIFT = 1.01;

    private final List<Sim3> truth = new ArrayList<>();

    @Test
    void run_withALoopClosed_takesTheDriftOut() {
        var graph = PoseGraph.ofSimilarities();
        double before = worstPosition(drifted(graph));
        graph.addEdge(POSES - 1, 0, truth.get(0).times(truth.get(POSES - 1).inverse()));

        graph.run(50);

        assertThat(before).as("drifted, metres").isGreaterThan(2);
        assertThat(worstPosition(poses(graph))).as("closed, metres").isLessThan(before / 4);
    }

    @Test
    void run_withoutContradiction_movesNothing() {
        var graph = PoseGraph.ofSimilarities();
        var drifted = drifted(graph);

        double left = graph.run(10);

        assertThat(left).isCloseTo(0, within(1e-12));
        for (int i = 0; i < POSES; i++) {
            assertThat(graph.pose(i).translation().distanceTo(drifted.get(i).translation()))
                    .isLessThan(1e-6);
        }
    }

    @Test
    void run_holdsTheFixedPoseStill() {
        var graph = PoseGraph.ofSimilarities();
        drifted(graph);
        graph.addEdge(POSES - 1, 0, truth.get(0).times(truth.get(POSES - 1).inverse()));

        graph.run(50);

        assertThat(graph.pose(0)).isEqualTo(truth.get(0));
    }

    /// Each step turns half a degree too far, about the vertical.
    @Test
    void run_alignedWithGravity_takesTheDriftOutAndKeepsTiltAndScale() {
        var up = new Vector3(0, -1, 0);
        var graph = PoseGraph.alignedWithGravity(up);
        drifted(PoseGraph.ofSimilarities());
        var drifted = new ArrayList<Sim3>();
        var place = truth.getFirst().inverse().translation();
        for (int i = 0; i < POSES; i++) {
            var lean = new Sim3(Rotation.exp(new Vector3(0.02 * i, 0, 0.01 * i)), Vector3.ZERO, 1);
            truth.set(i, lean.times(truth.get(i)));
            var worldFromCamera = truth.get(i).inverse();
            if (i > 0) {
                var step = worldFromCamera
                        .translation()
                        .minus(truth.get(i - 1).inverse().translation());
                place = place.plus(yaw(i - 1).apply(step));
            }
            drifted.add(new Sim3(yaw(i).times(worldFromCamera.rotation()), place, 1).inverse());
            graph.addPose(drifted.get(i), i == 0);
            if (i > 0) {
                graph.addEdge(i - 1, i, drifted.get(i).times(drifted.get(i - 1).inverse()));
            }
        }
        double before = worstPosition(drifted);
        graph.addEdge(POSES - 1, 0, truth.get(0).times(truth.get(POSES - 1).inverse()));

        graph.run(50);

        assertThat(before).as("drifted, metres").isGreaterThan(2);
        assertThat(worstPosition(poses(graph))).as("closed, metres").isLessThan(before / 4);
        for (int i = 0; i < POSES; i++) {
            assertThat(graph.pose(i).scale()).isCloseTo(1, within(1e-12));
            assertThat(graph.pose(i)
                            .rotation()
                            .apply(up)
                            .distanceTo(truth.get(i).rotation().apply(up)))
                    .as("tilt of pose %d", i)
                    .isLessThan(1e-9);
        }
    }

    private static Rotation yaw(int steps) {
        return Rotation.aboutY(Math.toRadians(0.5) * steps);
    }

    /// Fills the graph with poses that follow from the measurements alone; returns them.
    private List<Sim3> drifted(PoseGraph graph) {
        var drifted = new ArrayList<Sim3>();
        for (int i = 0; i < POSES; i++) {
            double angle = 2 * Math.PI * i / POSES;
            var position = new Vector3(RADIUS * Math.sin(angle), 0, -RADIUS * Math.cos(angle));
            var cameraFromWorld = Rotation.exp(new Vector3(0, angle, 0));
            truth.add(new Sim3(cameraFromWorld, cameraFromWorld.apply(position).times(-1), 1));
            if (i == 0) {
                drifted.add(truth.getFirst());
            } else {
                var exact = truth.get(i).times(truth.get(i - 1).inverse());
                var measured = new Sim3(exact.rotation(), exact.translation(), DRIFT);
                drifted.add(measured.times(drifted.getLast()));
            }
            graph.addPose(drifted.getLast(), i == 0);
            if (i > 0) {
                graph.addEdge(i - 1, i, drifted.get(i).times(drifted.get(i - 1).inverse()));
            }
        }
        return drifted;
    }

    private static List<Sim3> poses(PoseGraph graph) {
        var poses = new ArrayList<Sim3>();
        for (int i = 0; i < POSES; i++) {
            poses.add(graph.pose(i));
        }
        return poses;
    }

    private double worstPosition(List<Sim3> poses) {
        double worst = 0;
        for (int i = 0; i < POSES; i++) {
            var position = poses.get(i).inverse().translation();
            worst = Math.max(worst, position.distanceTo(truth.get(i).inverse().translation()));
        }
        return worst;
    }
}
