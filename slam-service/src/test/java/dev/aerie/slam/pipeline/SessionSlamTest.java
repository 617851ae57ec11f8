package dev.aerie.slam.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.messages.Box;
import dev.aerie.messages.CameraPose;
import dev.aerie.messages.CameraPose.Scale;
import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Timing;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.messages.testing.MessageSchemas;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.simulator.truth.ImuNoise;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.slam.camera.CalibrationSource;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.GreyFrame;
import dev.aerie.slam.imu.Flown;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionSlamTest {

    private static final FrameSize SIZE = new FrameSize(64, 48);

    private final List<ScriptedEngine> engines = new ArrayList<>();
    private final KeyframeWriter keyframes = new KeyframeWriter();

    @TempDir
    private Path storage = Path.of("");

    @AfterEach
    void close() {
        keyframes.close();
    }

    private SessionSlam slam(Optional<Path> cameraConfig, Function<GreyFrame, Optional<FramePose>> script) {
        return new SessionSlam("drone", PlainFrame.SESSION, pipeline(cameraConfig, script));
    }

    private SlamContext pipeline(Optional<Path> cameraConfig, Function<GreyFrame, Optional<FramePose>> script) {
        return new SlamContext(
                new StreamInput<>(
                        stream -> RtspConfig.of(stream, "rtsp://127.0.0.1:1/" + stream),
                        _ -> () -> {
                            throw new IOException("not opened here");
                        },
                        new Random(1)),
                new CalibrationSource(cameraConfig, 70),
                (_, _) -> {
                    var engine = new ScriptedEngine(script);
                    engines.add(engine);
                    return engine;
                },
                Optional.empty(),
                Set.of("person"),
                1,
                240,
                _ -> {},
                keyframes,
                storage,
                storage,
                Producer.of("slam-service", "test"),
                InstantSource.fixed(Instant.EPOCH));
    }

    private static Optional<FramePose> onALine(GreyFrame image) {
        long frame = image.frameNumber();
        var pose = new RigidTransform(Rotation.IDENTITY, new Vector3(0.1 * frame, 0, 0));
        return frame < 5 ? Optional.empty() : Optional.of(new FramePose(frame, image.captureTimeNanos(), 0, pose));
    }

    private static HeapFrame frame(long number) {
        int red = 20 + (int) (number % 200);
        return PlainFrame.of(number, 1_000_000_000L + number * 100_000_000, SIZE, 10, 200, red);
    }

    @Test
    void track_frames_arePublishedAsTheirSchemaSays() {
        try (var slam = slam(Optional.empty(), SessionSlamTest::onALine)) {
            CameraPose first = slam.track(frame(0));
            CameraPose tenth = slam.track(frame(10));

            assertThat(first.trackingState()).isEqualTo(TrackingState.INITIALIZING);
            assertThat(tenth.envelope().frameId()).isEqualTo(frame(10).stamp().id());
            assertThat(tenth.trackingState()).isEqualTo(TrackingState.TRACKING);
            assertThat(tenth.keyframe()).isTrue();
            assertThat(tenth.scale()).isEqualTo(Scale.ARBITRARY);
            assertThat(tenth.worldFromCamera().at(0, 3)).isCloseTo(1, within(1e-12));
            MessageSchemas.assertValid(Exchanges.SLAM_RESULTS, Messages.write(first));
            MessageSchemas.assertValid(Exchanges.SLAM_RESULTS, Messages.write(tenth));
            assertThat(engines.getFirst().firstGrey)
                    .as("of blue 10, green 200, red 30")
                    .isEqualTo(128);
        }
    }

    @Test
    void track_resultComesLate_masksTheFramesAfterItAndJudgesItsOwn() {
        try (var slam = slam(Optional.empty(), SessionSlamTest::onALine)) {
            slam.track(frame(0));
            slam.track(frame(1));
            slam.masks().add(personIn(frame(0).stamp()));
            slam.track(frame(2));
            slam.track(frame(3));
            slam.track(frame(20));

            assertThat(engines.getFirst().masked)
                    .as("later than a second after the result it says nothing")
                    .containsExactly(2L, 3L);
            assertThat(engines.getFirst().judged).containsExactly(0L);
            assertThat(slam.maskCounts().frames()).isEqualTo(2);
        }
    }

    private static FrameResult personIn(FrameStamp stamp) {
        var person = TrackedObject.ofBox(1, "person", 0.9, new Box(10, 10, 20, 30), TrackState.CONFIRMED, 3);
        return new FrameResult(
                Envelope.ofFrame(
                        stamp.id(),
                        stamp.captureTimeNanos(),
                        CaptureClock.SENDER,
                        Instant.EPOCH,
                        Producer.of("frame-processor", "test")),
                SIZE.widthPixels(),
                SIZE.heightPixels(),
                "bytetrack",
                new Timing(1, 1, 1, 3),
                List.of(person));
    }

    @Test
    void close_session_leavesKeyframesTrajectoryAndMap() throws IOException {
        try (var slam = slam(Optional.empty(), SessionSlamTest::onALine)) {
            for (int i = 0; i < 25; i++) {
                slam.track(frame(i));
            }
        }
        keyframes.close();

        assertThat(engines.getFirst().isClosed).isTrue();
        Path folder = storage.resolve("slam/drone/" + PlainFrame.SESSION);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "keyframe_000010.jpg",
                            "pose_000010.npy",
                            "keyframe_000020.jpg",
                            "pose_000020.npy",
                            "trajectory.tum",
                            "trajectory.kitti",
                            "map.ply");
        }
        assertThat(Files.readAllBytes(folder.resolve("keyframe_000010.jpg"))).startsWith(0xFF, 0xD8, 0xFF);
        assertThat(Files.readAllLines(folder.resolve("trajectory.kitti"))).hasSize(20);
    }

    @Test
    void track_framesOfAnotherSize_beginAnew() {
        try (var slam = slam(Optional.empty(), SessionSlamTest::onALine)) {
            slam.track(frame(10));
            slam.track(PlainFrame.of(11, 2_100_000_000L, new FrameSize(32, 24), 0, 0, 0));

            assertThat(engines).hasSize(2);
            assertThat(engines.getFirst().isClosed).isTrue();
            assertThat(slam.calibration().orElseThrow().camera().widthPixels()).isEqualTo(32);
        }
    }

    @Test
    void track_calibrationThatCannotBeUsed_saysLostAndThrowsNothing() throws IOException {
        Path wrong = Files.writeString(storage.resolve("camera.yaml"), "width: 64\nheight: 48\nfx: wide\n");
        try (var slam = slam(Optional.of(wrong), SessionSlamTest::onALine)) {
            for (int i = 0; i < 3; i++) {
                assertThat(slam.track(frame(i)).trackingState()).isEqualTo(TrackingState.LOST);
            }
            assertThat(engines).isEmpty();
        }
    }

    /// The readings of a flight and poses in a world of its own: the published ones become metres, upright.
    @Test
    void track_withInertialReadings_becomesMetric() {
        var flown = new Flown(Scenario.SPEEDS, ImuNoise.MEMS, 0.01, 5);
        try (var slam = slam(Optional.empty(), frame -> Optional.of(flown.pose(frame.frameNumber() / 10.0)))) {
            CameraPose pose = null;
            for (int i = 0; i < 300; i++) {
                for (int sample = 0; sample <= 20; sample++) {
                    slam.inertial().add(flown.reading(20L * i + sample));
                }
                pose = slam.track(PlainFrame.of(i, Flown.nanos(i / 10.0), SIZE, 0, i % 2 * 50, 0));
            }
            assertThat(pose.scale()).isEqualTo(Scale.METRIC);
            var trajectory = slam.trajectory();
            double published = trajectory
                    .get(100)
                    .worldFromCamera()
                    .translation()
                    .distanceTo(trajectory.get(299).worldFromCamera().translation());
            double truth =
                    flown.truth(10).translation().distanceTo(flown.truth(29.9).translation());
            assertThat(published).isCloseTo(truth, within(0.03 * truth));
            assertThat(engines.getFirst().lastRotation).isNotNull();
        }
    }
}
