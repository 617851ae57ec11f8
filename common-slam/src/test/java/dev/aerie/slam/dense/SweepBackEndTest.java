package dev.aerie.slam.dense;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.truth.ImuNoise;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.simulator.world.Scene;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.imu.Flown;
import dev.aerie.video.FrameSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Keyframes of a simulated flight through the streets, in a map whose unit is 2.7 m, against the simulator's
/// depth.
final class SweepBackEndTest {

    private static final FrameSize SIZE = new FrameSize(320, 180);
    private static final double UNIT_METRES = 2.7;
    private static final int KEYFRAMES = 6;
    private static final double APART_SECONDS = 0.3;

    private final Scene scene = Scenario.TOWN.scene(7);
    private final Flown flown = new Flown(Scenario.TOWN, ImuNoise.NONE, 0, 5);
    private final Renderer renderer = new Renderer(CameraIntrinsics.of(SIZE));
    private final SweepBackEnd dense = new SweepBackEnd();

    private void fly() {
        for (int keyframe = 0; keyframe < KEYFRAMES; keyframe++) {
            double seconds = 3 + keyframe * APART_SECONDS;
            renderer.render(scene, seconds);
            dense.add(new DenseView(
                    keyframe,
                    camera(),
                    new DenseView.Colours(renderer.frame().pixels().clone()),
                    flown.pose(seconds).worldFromCamera(),
                    3 / UNIT_METRES,
                    80 / UNIT_METRES));
        }
    }

    private PinholeCamera camera() {
        var camera = renderer.camera();
        return new PinholeCamera(
                SIZE.widthPixels(),
                SIZE.heightPixels(),
                camera.focalXPixels(),
                camera.focalYPixels(),
                camera.centreXPixels(),
                camera.centreYPixels());
    }

    private Optional<RigidTransform> pose(long keyframe) {
        return Optional.of(flown.pose(3 + keyframe * APART_SECONDS).worldFromCamera());
    }

    /// Of what a pixel shows, as a share of the true depth; the last frame drawn is the newest keyframe's.
    private List<Double> errors(DepthMap depths) {
        List<Double> errors = new ArrayList<>();
        for (int pixel = 0; pixel < SIZE.widthPixels() * SIZE.heightPixels(); pixel++) {
            double truth = renderer.visibility().depthAt(pixel);
            if (depths.at(pixel) > 0 && truth < 80) {
                errors.add(Math.abs(depths.at(pixel) * UNIT_METRES - truth) / truth);
            }
        }
        return errors.stream().sorted().toList();
    }

    @Test
    void add_keyframesOfAFlight_knowsTheirDepth() {
        fly();
        var errors = errors(dense.newest().orElseThrow());

        assertThat(errors)
                .as("pixels with a depth")
                .hasSizeGreaterThan(SIZE.widthPixels() * SIZE.heightPixels() * 3 / 4);
        assertThat(errors.get(errors.size() / 2))
                .as("median, share of the depth")
                .isLessThan(0.04);
        assertThat(errors.get(errors.size() * 8 / 10)).as("four of five").isLessThan(0.1);
    }

    @Test
    void cloud_ofKeyframes_liesOnTheSurfaces() {
        fly();
        var cloud = dense.cloud(this::pose);
        var cameraFromMap = pose(KEYFRAMES - 1).orElseThrow().inverse();
        List<Double> errors = new ArrayList<>();
        for (var point : cloud.points()) {
            seen(cameraFromMap.apply(point)).ifPresent(errors::add);
        }
        var sorted = errors.stream().sorted().toList();

        assertThat(errors).hasSizeGreaterThan(3000);
        assertThat(sorted.get(sorted.size() / 2))
                .as("median, share of the depth")
                .isLessThan(0.02);
        assertThat(sorted.get(sorted.size() * 8 / 10)).as("four of five").isLessThan(0.05);
    }

    /// How far a point lies before or behind the surface that the newest keyframe sees there.
    private Optional<Double> seen(Vector3 inCamera) {
        if (inCamera.z() < 0.1) {
            return Optional.empty();
        }
        long column = Math.round(camera().projectX(inCamera));
        long row = Math.round(camera().projectY(inCamera));
        boolean isInside = column >= 0 && row >= 0 && column < SIZE.widthPixels() && row < SIZE.heightPixels();
        double truth = isInside
                ? renderer.visibility().depthAt((int) (row * SIZE.widthPixels() + column))
                : Double.POSITIVE_INFINITY;
        return truth < 80 ? Optional.of(Math.abs(inCamera.z() * UNIT_METRES - truth) / truth) : Optional.empty();
    }

    @Test
    void cloud_posesThatTheMapHasCorrected_followsThem() {
        fly();
        var moved = new RigidTransform(Rotation.exp(new Vector3(0, 0, 1)), new Vector3(100, -50, 20));
        var centre = centre(dense.cloud(this::pose));
        var movedCentre = centre(dense.cloud(keyframe -> pose(keyframe).map(moved::times)));

        assertThat(movedCentre.distanceTo(moved.apply(centre))).isLessThan(0.1);
    }

    private static Vector3 centre(DenseCloud cloud) {
        var sum = Vector3.ZERO;
        for (var point : cloud.points()) {
            sum = sum.plus(point);
        }
        return sum.times(1.0 / cloud.points().size());
    }

    @Test
    void add_standingStill_knowsNoDepth() {
        renderer.render(scene, 3);
        for (int keyframe = 0; keyframe < 3; keyframe++) {
            dense.add(new DenseView(
                    keyframe,
                    camera(),
                    new DenseView.Colours(renderer.frame().pixels().clone()),
                    pose(0).orElseThrow(),
                    1,
                    30));
        }
        assertThat(dense.newest()).isEmpty();
        assertThat(dense.cloud(this::pose).points()).isEmpty();
    }
}
