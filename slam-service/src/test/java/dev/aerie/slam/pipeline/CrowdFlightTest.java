package dev.aerie.slam.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.evaluation.slam.SlamScore;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.slam.output.SessionFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Slowly round a corner and down a street behind people and cars that fill a third of the frame and go along, with a
/// MEMS gyroscope: what tells the way is the town. Whoever follows the crowd is off by a quarter of it.
final class CrowdFlightTest {

    private static final int FRAMES = 130;
    private static final double MAX_FRACTION_OF_WAY = 0.1;
    private static final double MAX_DEGREES = 3;

    @TempDir
    private Path storage = Path.of("");

    @Test
    void track_behindACrowdWithImu_followsTheTown() throws IOException {
        var flight = new SimulatedFlight(Scenario.CROWD, 10);
        try (var keyframes = new KeyframeWriter();
                var slam = new SessionSlam("drone", PlainFrame.SESSION, SimulatedFlight.pipeline(storage, keyframes))) {
            for (int frame = 0; frame < FRAMES; frame++) {
                flight.addReadings(slam, frame);
                slam.track(flight.frame(frame, frame, SimulatedFlight.SIZE));
            }
            var poses = slam.trajectory();
            var score = SlamScore.of(flight.truth(FRAMES), SessionFolder.trajectoryOf(poses));

            assertThat(poses).as("from half of the flight on at the latest").hasSizeGreaterThan(FRAMES / 2);
            assertThat(score.ateMetres()).as("metres, %s", score).isLessThan(MAX_FRACTION_OF_WAY * score.pathMetres());
            assertThat(score.areDegrees()).as("%s", score).isLessThan(MAX_DEGREES);
        }
    }
}
