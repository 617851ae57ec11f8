package dev.aerie.simulator.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.geometry.FlightPath;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.simulator.world.Scene;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TruthTest {

    private static final Scene SCENE = Scenario.LOOP.scene(7);
    private static final CameraIntrinsics CAMERA = CameraIntrinsics.of(new FrameSize(320, 180));

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource(
            value = Scenario.class,
            names = {"LOOP", "TURNS", "ROTATION", "STRAIGHT", "SPEEDS", "PIVOT", "BLACKOUT", "STILL"})
    void imu_integratedFor20s_arrivesWhereTheFlightDoes(Scenario scenario) {
        var flight = scenario == Scenario.LOOP
                ? SCENE.trajectory()
                : scenario.scene(7).trajectory();
        var imu = new ImuSampler(flight, ImuNoise.NONE, 1);
        double step = 1.0 / ImuSampler.SAMPLES_PER_SECOND;
        var rotation = flight.worldFromBody(0);
        var velocity = flight.velocity(0);
        var position = flight.position(0);
        var before = imu.sample(0);
        for (int i = 1; i <= 20 * ImuSampler.SAMPLES_PER_SECOND; i++) {
            var now = imu.sample(i);
            var turned = rotation.times(
                    turn(before.angularVelocity().plus(now.angularVelocity()).times(step / 2)));
            var pull = rotation.apply(before.specificForce()).plus(turned.apply(now.specificForce()));
            var acceleration = pull.times(0.5).minus(Vector3.UP.times(FlightPath.GRAVITY));
            position = position.plus(velocity.times(step)).plus(acceleration.times(step * step / 2));
            velocity = velocity.plus(acceleration.times(step));
            rotation = turned;
            before = now;
        }
        double degrees = Math.toDegrees(rotation.angleTo(flight.worldFromBody(20)));
        assertThat(degrees).as("degrees of rotation").isLessThan(0.01);
        assertThat(position.minus(flight.position(20)).length()).as("metres").isLessThan(0.02);
    }

    /// Rodrigues: the rotation by a vector of axis and angle.
    private static Rotation turn(Vector3 radians) {
        double angle = radians.length();
        if (angle < 1e-12) {
            return Rotation.IDENTITY;
        }
        var axis = radians.times(1 / angle);
        return Rotation.ofAxes(
                turned(axis, angle, new Vector3(1, 0, 0)),
                turned(axis, angle, new Vector3(0, 1, 0)),
                turned(axis, angle, new Vector3(0, 0, 1)));
    }

    private static Vector3 turned(Vector3 axis, double angle, Vector3 v) {
        return v.times(Math.cos(angle))
                .plus(axis.cross(v).times(Math.sin(angle)))
                .plus(axis.times(axis.dot(v) * (1 - Math.cos(angle))));
    }

    @Test
    void imu_noise_isAsWideAsSaidAndTheSameForTheSameSeed() {
        var noise = new ImuNoise(0.01, 0, 0.1, 0);
        var clean = new ImuSampler(SCENE.trajectory(), ImuNoise.NONE, 3);
        var noisy = new ImuSampler(SCENE.trajectory(), noise, 3);
        var again = new ImuSampler(SCENE.trajectory(), noise, 3);
        double gyro = 0;
        double force = 0;
        for (int i = 0; i < 2000; i++) {
            var sample = noisy.sample(i);
            assertThat(again.sample(i)).isEqualTo(sample);
            var off = sample.angularVelocity().minus(clean.sample(i).angularVelocity());
            gyro += off.dot(off) / 6000;
            off = sample.specificForce().minus(clean.sample(i).specificForce());
            force += off.dot(off) / 6000;
        }
        assertThat(Math.sqrt(gyro)).isCloseTo(0.01, within(0.001));
        assertThat(Math.sqrt(force)).isCloseTo(0.1, within(0.01));
    }

    @Test
    void trajectory_derivatives_agreeWithDifferences() {
        var flight = SCENE.trajectory();
        double h = 1e-4;
        for (double t = 0.5; t < 40; t += 0.77) {
            var velocity = flight.position(t + h).minus(flight.position(t - h)).times(0.5 / h);
            var acceleration =
                    flight.velocity(t + h).minus(flight.velocity(t - h)).times(0.5 / h);
            assertThat(velocity.minus(flight.velocity(t)).length()).isLessThan(1e-5);
            assertThat(acceleration.minus(flight.acceleration(t)).length()).isLessThan(0.01);
        }
    }

    @Test
    void loop_secondRound_isTheFirstAgain() {
        double round = SCENE.seconds() / 2;
        var first = SCENE.trajectory().worldFromCamera(3.3);
        var second = SCENE.trajectory().worldFromCamera(3.3 + round);

        assertThat(second.translation().minus(first.translation()).length()).isLessThan(1e-9);
        assertThat(second.rotation().angleTo(first.rotation())).isLessThan(1e-9);
    }

    @Test
    void files_afterThreeFrames_matchTheRenderer() throws IOException {
        var renderer = new Renderer(CAMERA);
        var imu = new ImuSampler(SCENE.trajectory(), ImuNoise.NONE, 1);
        try (var files = new TruthFiles(folder, TruthFiles.Content.ALL, SCENE, CAMERA, 10, imu)) {
            for (int frame = 0; frame < 3; frame++) {
                renderer.render(SCENE, frame / 10.0);
                files.add(renderer);
            }
        }
        assertMasksAndBoxes(renderer);
        assertDepth(renderer);
        assertThat(Files.readAllLines(folder.resolve("imu.csv"))).hasSize(1 + 41);
        assertThat(Files.readAllLines(folder.resolve("groundtruth.txt"))).hasSize(1 + 3);
        var frame = ImageIO.read(folder.resolve("frames/000002.png").toFile());
        assertThat(frame.getRGB(100, 90) & 0xFFFFFF).isEqualTo(renderer.frame().pixels()[90 * 320 + 100]);
        var camera = JsonMapper.builder()
                .build()
                .readTree(folder.resolve("camera.json").toFile());
        assertThat(camera.path("fx").asDouble()).isEqualTo(224);
    }

    @Test
    void files_forSlam_areThoseThatEvalReads() throws IOException {
        var renderer = new Renderer(CAMERA);
        var imu = new ImuSampler(SCENE.trajectory(), ImuNoise.NONE, 1);
        try (var files = new TruthFiles(folder, TruthFiles.Content.SLAM, SCENE, CAMERA, 10, imu)) {
            renderer.render(SCENE, 0);
            files.add(renderer);
        }
        try (var names = Files.list(folder)) {
            assertThat(names.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "frames",
                            "calib.txt",
                            "camera.json",
                            "times.txt",
                            "groundtruth.txt",
                            "poses.txt",
                            "imu.csv");
        }
        assertThat(folder.resolve("frames/000000.png")).isNotEmptyFile();
    }

    private void assertMasksAndBoxes(Renderer renderer) throws IOException {
        var mask = ImageIO.read(folder.resolve("masks/000002.png").toFile()).getRaster();
        var line = Files.readAllLines(folder.resolve("objects.jsonl")).get(2);
        var objects = JsonMapper.builder().build().readTree(line).path("objects");
        assertThat(objects).isNotEmpty();
        for (var object : objects) {
            int id = object.path("id").asInt();
            int area = 0;
            int left = 320;
            int bottom = -1;
            for (int pixel = 0; pixel < 320 * 180; pixel++) {
                int x = pixel % 320;
                int y = Math.floorDiv(pixel, 320);
                assertThat(mask.getSample(x, y, 0))
                        .isEqualTo(renderer.visibility().objectIdAt(pixel));
                if (mask.getSample(x, y, 0) == id) {
                    area++;
                    left = Math.min(left, x);
                    bottom = Math.max(bottom, y);
                }
            }
            var box = object.path("bbox");
            assertThat(area).isEqualTo(object.path("area").asInt()).isPositive();
            assertThat(left).isEqualTo(box.get(0).asInt());
            assertThat(bottom + 1).isEqualTo(box.get(1).asInt() + box.get(3).asInt());
        }
    }

    private void assertDepth(Renderer renderer) throws IOException {
        var depth = ImageIO.read(folder.resolve("depth/000002.png").toFile()).getRaster();
        for (int y = 0; y < 180; y += 3) {
            for (int x = 0; x < 320; x += 3) {
                double metres = renderer.visibility().depthAt(y * 320 + x);
                int want = metres < 655.35 ? (int) Math.round(metres * 100) : 0;
                assertThat(depth.getSample(x, y, 0)).isEqualTo(want);
            }
        }
    }

    /// The written pose, read back as KITTI's matrix and as TUM's quaternion, is the flight's.
    @Test
    void poseText_readBack_isThePose() {
        var pose = SCENE.trajectory().worldFromCamera(12.3);
        double[] m = numbers(PoseText.kitti(pose));
        double[] q = numbers(PoseText.tum(12.3, pose));
        var point = new Vector3(1, -2, 5);
        var want = pose.apply(point);

        assertThat(m[0] * 1 + m[1] * -2 + m[2] * 5 + m[3]).isCloseTo(want.x(), within(1e-9));
        assertThat(m[4] * 1 + m[5] * -2 + m[6] * 5 + m[7]).isCloseTo(want.y(), within(1e-9));
        assertThat(m[8] * 1 + m[9] * -2 + m[10] * 5 + m[11]).isCloseTo(want.z(), within(1e-9));
        var axis = new Vector3(q[4], q[5], q[6]);
        var rotated =
                point.plus(axis.cross(axis.cross(point).plus(point.times(q[7]))).times(2));
        assertThat(rotated.plus(new Vector3(q[1], q[2], q[3])).minus(want).length())
                .isLessThan(1e-8);
    }

    private static double[] numbers(String line) {
        return Arrays.stream(line.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
