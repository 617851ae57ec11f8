package dev.aerie.slam.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.CameraPose.Scale;
import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cameras and links do wrong, with the real engine at ten frames a second: the state says so, nothing is
/// thrown, nothing floods the log, and it goes on afterwards.
final class BadInputTest {

    private static final int SECOND = 10;
    private static final long HOUR_NANOS = 3_600_000_000_000L;
    private static final Logger SLAM = Logger.getLogger("dev.aerie.slam");

    private final SimulatedFlight flight = new SimulatedFlight(Scenario.TOWN, SECOND);
    private final KeyframeWriter keyframes = new KeyframeWriter();
    private final List<String> warnings = new ArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private long frame;
    private double moment;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void listen() {
        SLAM.addHandler(log);
    }

    @AfterEach
    void close() {
        SLAM.removeHandler(log);
        keyframes.close();
        assertThat(warnings).isEmpty();
    }

    private SessionSlam slam() throws IOException {
        return new SessionSlam("drone", PlainFrame.SESSION, SimulatedFlight.pipeline(folder, keyframes));
    }

    /// The states of the next frames; `step` is 0 while the drone stands still.
    private List<TrackingState> fly(SessionSlam slam, int frames, double step, FrameSize size) {
        List<TrackingState> states = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            moment += step;
            states.add(slam.track(flight.frame(frame++, moment, size)).trackingState());
        }
        return states;
    }

    private List<TrackingState> fly(SessionSlam slam, int frames) {
        return fly(slam, frames, 1, SimulatedFlight.SIZE);
    }

    private List<TrackingState> lensCap(SessionSlam slam, int frames) {
        List<TrackingState> states = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            states.add(slam.track(PlainFrame.of(frame, timeOf(frame), SimulatedFlight.SIZE, 0, 0, 0))
                    .trackingState());
            frame++;
        }
        return states;
    }

    private long timeOf(long number) {
        return flight.frame(number, 0, new FrameSize(16, 16)).stamp().captureTimeNanos();
    }

    @Test
    void track_stillCamera_isInitializingUntilItMoves() throws IOException {
        try (var slam = slam()) {
            assertThat(fly(slam, 15, 0, SimulatedFlight.SIZE)).containsOnly(TrackingState.INITIALIZING);

            assertThat(fly(slam, 20)).endsWith(TrackingState.TRACKING);
            assertThat(slam.trouble()).isEmpty();
        }
    }

    @Test
    void track_blackFrames_isLostAndFoundWithinASecondOfLight() throws IOException {
        try (var slam = slam()) {
            assertThat(fly(slam, 25)).endsWith(TrackingState.TRACKING);
            int keyframesBefore = slam.map().keyframes().size();

            assertThat(lensCap(slam, 15))
                    .startsWith(TrackingState.RELOCALIZING)
                    .endsWith(TrackingState.LOST)
                    .doesNotContain(TrackingState.TRACKING);
            assertThat(slam.trouble()).contains("same frame");

            assertThat(fly(slam, SECOND, 0.5, SimulatedFlight.SIZE)).contains(TrackingState.TRACKING);
            assertThat(slam.map().keyframes()).as("of the same map").hasSizeGreaterThanOrEqualTo(keyframesBefore);
        }
    }

    @Test
    void track_frozenFrames_isLostAfterASecondAndGoesOn() throws IOException {
        try (var slam = slam()) {
            fly(slam, 25);
            var frozen = fly(slam, 15, 0, SimulatedFlight.SIZE);

            assertThat(frozen.subList(SECOND, 15)).containsOnly(TrackingState.LOST);
            assertThat(slam.trouble()).contains("same frame");
            assertThat(fly(slam, SECOND)).contains(TrackingState.TRACKING);
            assertThat(slam.trouble()).isEmpty();
        }
    }

    @Test
    void track_anotherSizeInMidStream_beginsAnewWithTheSameLens() throws IOException {
        var smaller = new FrameSize(384, 216);
        try (var slam = slam()) {
            fly(slam, 25);
            var states = fly(slam, 25, 1, smaller);

            assertThat(states).startsWith(TrackingState.INITIALIZING).endsWith(TrackingState.TRACKING);
            assertThat(slam.calibration().orElseThrow().camera().widthPixels()).isEqualTo(384);
        }
    }

    @Test
    void track_clockThatJumps_goesOn() throws IOException {
        try (var slam = slam()) {
            fly(slam, 25);
            frame += 36_000;
            assertThat(fly(slam, 5)).as("an hour ahead").containsOnly(TrackingState.TRACKING);
            frame -= 36_000;
            assertThat(fly(slam, 5)).as("and back").containsOnly(TrackingState.TRACKING);
        }
    }

    /// Readings that stop for half a second, then come from a clock an hour ahead, then as they should.
    @Test
    void track_readingsWithAGapAndAnotherClock_goesOn() throws IOException {
        try (var slam = slam()) {
            List<TrackingState> states = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                if (i >= 20 && i < 25) {
                    flight.skipReadings(frame);
                } else {
                    flight.addReadings(slam, frame, i >= 25 && i < 30 ? HOUR_NANOS : 0);
                }
                states.addAll(fly(slam, 1));
            }
            assertThat(states.subList(20, 40)).containsOnly(TrackingState.TRACKING);
            assertThat(slam.trouble()).isEmpty();
        }
    }

    /// Round a corner of 90°, the calibration's focal length 30 % too long.
    @Test
    void track_wrongCalibration_isDeniedByTheGyroscope() throws IOException {
        var turning = new SimulatedFlight(Scenario.TURNS, SECOND);
        try (var slam =
                new SessionSlam("drone", PlainFrame.SESSION, SimulatedFlight.pipeline(folder, keyframes, 1.3))) {
            turning.skipReadings(94);
            for (int image = 95; image < 180 && slam.trouble().isEmpty(); image++) {
                turning.addReadings(slam, image);
                slam.track(turning.frame(image, image, SimulatedFlight.SIZE));
            }
            assertThat(slam.trouble()).contains("turns not confirmed by the gyroscope");
            assertThat(slam.scale()).isEqualTo(Scale.ARBITRARY);
        }
    }
}
