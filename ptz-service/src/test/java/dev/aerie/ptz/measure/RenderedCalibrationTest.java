package dev.aerie.ptz.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.ptz.calibration.Calibration;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.follow.SeenFrame;
import dev.aerie.ptz.follow.Steerings;
import dev.aerie.ptz.rendered.RenderedCamera;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.simulated.Personality;
import dev.aerie.ptz.tracks.FrameFlow;
import dev.aerie.video.FrameSize;
import dev.aerie.video.HeapFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `POST /ptz/{camera}/calibrate` does, on rendered frames of a street with people and cars: the service's own
/// flow of the image, its own commands, and a camera that is not as its paper says. In virtual time, faster than the
/// minute that it takes.
final class RenderedCalibrationTest {

    private static final FrameSize SIZE = new FrameSize(640, 360);
    private static final Duration FRAME = Duration.ofMillis(80);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /// Three quarters of the commanded speed, behind a lens of 66 instead of 57.6 degrees, 200 ms late.
    private static final Personality CAMERA = Personalities.OFF_PAPER;

    private static final double SHARE = 0.01;
    private static final double DEAD_TIME_SECONDS = 0.02;

    @TempDir
    private Path folder;

    private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void begin_renderedFrames_findsDeadTimeSpeedsAndFieldOfViewOfTheCamera() {
        try (var camera = new RenderedCamera(CAMERA, new PtzPosition(0, -8, 1), SIZE, () -> now);
                var calibrations = new Calibrations(new Steerings(List.of(camera.steering())), folder, () -> now)) {
            Calibration found = calibrate(camera, calibrations);

            assertThat(found.deadTimeSeconds())
                    .isCloseTo(CAMERA.commands().latencySeconds(), within(DEAD_TIME_SECONDS));
            assertThat(found.panScale()).isCloseTo(CAMERA.speedScale(), within(SHARE * CAMERA.speedScale()));
            assertThat(found.tiltScale()).isCloseTo(CAMERA.speedScale(), within(SHARE * CAMERA.speedScale()));
            double hfov = CAMERA.lens().hfovDegrees(1);
            assertThat(found.hfovDegrees()).isCloseTo(hfov, within(SHARE * hfov));
            assertThat(found.confidence()).isGreaterThan(0.5);
            assertThat(calibrations.known(RenderedCamera.NAME)).contains(found);
            assertThat(new CalibrationFiles(folder).read(RenderedCamera.NAME)).contains(found);
        }
    }

    private Calibration calibrate(RenderedCamera camera, Calibrations calibrations) {
        try (var flow = new FrameFlow()) {
            see(camera, calibrations);
            OngoingCalibration run = calibrations.begin(camera.steering());
            Instant end = now.plus(LIMIT);
            while (run.isRunning() && now.isBefore(end)) {
                now = now.plus(FRAME);
                HeapFrame frame = camera.frame();
                flow.measure(frame)
                        .ifPresent(vectors -> calibrations.observe(
                                RenderedCamera.NAME, frame.stamp().captureTimeNanos(), vectors));
                calibrations.step();
                camera.awaitCommands();
            }
            assertThat(run.failure()).isEmpty();
            return run.result().orElseThrow(() -> new AssertionError("not done by then: " + run.progress()));
        }
    }

    private static void see(RenderedCamera camera, Calibrations calibrations) {
        HeapFrame first = camera.frame();
        calibrations.sees(RenderedCamera.NAME, SIZE.widthPixels());
        camera.steering().see(new SeenFrame(first.stamp(), SIZE, System.nanoTime(), List.of()));
    }
}
