package dev.aerie.ptz.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Producer;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.ptz.aim.AimConfig;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.calibration.Calibration;
import dev.aerie.ptz.calibration.FlowVector;
import dev.aerie.ptz.command.CameraCommand;
import dev.aerie.ptz.command.CommandLimits;
import dev.aerie.ptz.command.ScriptedCamera;
import dev.aerie.ptz.control.FollowConfig;
import dev.aerie.ptz.fleet.CommandRight;
import dev.aerie.ptz.fleet.EventTeller;
import dev.aerie.ptz.fleet.SteeredCamera;
import dev.aerie.ptz.follow.SeenFrame;
import dev.aerie.ptz.follow.Steering;
import dev.aerie.ptz.follow.SteeringConfig;
import dev.aerie.ptz.follow.Steerings;
import dev.aerie.ptz.metrics.CommandMetrics;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may begin a calibration, who ends it, and what is kept; how well it measures is `SelfCalibrationTest`'s matter.
final class CalibrationsTest {

    private static final FrameSize SIZE = new FrameSize(1280, 720);
    private static final List<FlowVector> STANDING = List.of(new FlowVector(10, 10, 0, 0));
    private static final Calibration MEASURED = new Calibration(
            0.4,
            0.9,
            1,
            List.of(new Calibration.Speed(10, 9)),
            List.of(),
            100,
            80,
            0,
            66,
            1,
            new Calibration.Deviations(0.005, 0.01, 0.01));

    @TempDir
    private Path folder;

    private final ScriptedCamera camera = new ScriptedCamera();
    private final SteeredCamera steered = new SteeredCamera(
            new EventTeller("gate", "gate", Producer.of("ptz-service", "test"), InstantSource.system(), _ -> {}),
            camera,
            CommandLimits.DEFAULT,
            Duration.ofSeconds(60),
            CommandRight.ALWAYS,
            () -> true,
            new CommandMetrics(new SimpleMeterRegistry(), "gate"));
    private final Steering steering = new Steering(
            steered,
            new SteeringConfig(
                    Personalities.IDEAL.lens().fieldsOfView(),
                    Optional.empty(),
                    20,
                    AimConfig.DEFAULT,
                    FollowConfig.DEFAULT,
                    new AimMode.Hold(),
                    List.of()),
            InstantSource.system());

    @BeforeEach
    void start() {
        steered.start();
        Eventually.holds(
                "the camera is ready",
                () -> steered.capabilities().isPresent() && steered.status().isReady());
    }

    @AfterEach
    void close() {
        steered.close();
    }

    @Test
    void begin_noVideoOrAPersonInControl_isRefused() {
        try (var calibrations = calibrations()) {
            assertThatThrownBy(() -> calibrations.begin(steering)).hasMessage("no video of gate flows");

            see(calibrations);
            var _ = steered.operate("ana", new CameraCommand.Stop("look here"));
            assertThatThrownBy(() -> calibrations.begin(steering)).hasMessage("somebody else is in control of gate");
        }
    }

    @Test
    void step_personTakesOver_endsAndLeavesTheCameraToThem() {
        try (var calibrations = calibrations()) {
            see(calibrations);
            OngoingCalibration run = calibrations.begin(steering);
            assertThatThrownBy(() -> calibrations.begin(steering)).hasMessage("gate calibrates itself already");
            assertThat(steered.isFree()).as("nothing else steers").isFalse();
            for (int i = 0; i <= 20; i++) {
                calibrations.observe("gate", 1_000_000_000L + i * 50_000_000L, STANDING);
            }
            run.step(2_000_000_000L);
            Eventually.holds("it turns", () -> camera.speed() > 1);

            var _ = steered.operate("ana", new CameraCommand.Stop("enough"));
            run.step(2_100_000_000L);
            assertThat(run.isRunning()).isFalse();
            assertThat(run.failure()).startsWith("a person took over");
            assertThat(steered.lease().holder(System.nanoTime())).contains("ana");
            Eventually.holds("it rests", () -> camera.speed() == 0);
        }
    }

    @Test
    void start_afterARestart_knowsWhatWasMeasured() {
        new CalibrationFiles(folder).write("gate", MEASURED);

        try (var calibrations = calibrations()) {
            calibrations.start();
            assertThat(calibrations.known("gate")).contains(MEASURED);
        }
        assertThat(new CalibrationFiles(folder).read("yard")).isEmpty();
    }

    private Calibrations calibrations() {
        return new Calibrations(new Steerings(List.of(steering)), folder, InstantSource.system());
    }

    private void see(Calibrations calibrations) {
        calibrations.sees("gate", SIZE.widthPixels());
        var stamp = new FrameStamp(
                new FrameId("gate", "01K9JXW7Z3T4V5W6X7Y8Z9ABCD", 0), 1_000_000_000L, CaptureClock.SENDER);
        steering.see(new SeenFrame(stamp, SIZE, System.nanoTime(), List.of()));
    }
}
