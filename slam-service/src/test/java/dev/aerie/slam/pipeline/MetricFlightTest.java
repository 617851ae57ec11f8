package dev.aerie.slam.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.evaluation.slam.metrics.Alignment;
import dev.aerie.evaluation.slam.metrics.PosePairs;
import dev.aerie.evaluation.slam.metrics.TrajectoryErrors;
import dev.aerie.messages.CameraPose.Scale;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.slam.output.SessionFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Frames and readings of a MEMS sensor, with its noise and bias, from a flight that speeds up: the metre is
/// true to 3 %.
final class MetricFlightTest {

    private static final int FRAMES = 160;
    private static final double SCALE_ERROR = 0.03;

    @TempDir
    private Path storage = Path.of("");

    @Test
    void track_rollingFlightWithImu_knowsItsScale() throws IOException {
        var flight = new SimulatedFlight(Scenario.SPEEDS, 15);
        try (var keyframes = new KeyframeWriter();
                var slam = new SessionSlam("drone", PlainFrame.SESSION, SimulatedFlight.pipeline(storage, keyframes))) {
            for (int frame = 0; frame < FRAMES; frame++) {
                flight.addReadings(slam, frame);
                slam.track(flight.frame(frame, frame, SimulatedFlight.SIZE));
            }
            assertThat(slam.scale()).isEqualTo(Scale.METRIC);
            assertThat(slam.trouble()).isEmpty();

            var estimate = SessionFolder.trajectoryOf(slam.trajectory());
            var pairs = PosePairs.associate(flight.truth(FRAMES), estimate, PosePairs.DEFAULT_SECONDS);
            var scaled = TrajectoryErrors.of(pairs, Alignment.SIMILARITY);

            assertThat(pairs.size()).as("tracked frames").isGreaterThan(FRAMES * 9 / 10);
            assertThat(scaled.referenceFromEstimate().scale()).isCloseTo(1, within(SCALE_ERROR));
            assertThat(scaled.absoluteTranslation().rmse())
                    .as("metres, of a flight of 60 m")
                    .isLessThan(0.6);
        }
    }
}
