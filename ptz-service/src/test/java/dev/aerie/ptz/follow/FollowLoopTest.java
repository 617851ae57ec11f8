package dev.aerie.ptz.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.ptz.aim.AimConfig;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.control.FollowConfig;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.simulated.Personality;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.vision.motion.CameraMotion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The background moves 64 pixels to the left and 36 down between two frames: the camera has turned right and up.
final class FollowLoopTest {

    private static final FrameSize SIZE = new FrameSize(1280, 720);
    private static final long START = 1_800_000_000_000_000_000L;
    private static final long TENTH = 100_000_000L;
    private static final Personality SILENT = Personalities.find("no_position").orElseThrow();

    @Test
    void see_cameraWithoutPosition_believesMostOfWhatTheImageShows() {
        PtzPosition believed = after(SILENT);

        double across = Math.toDegrees(Math.atan(0.1 * SILENT.lens().halfWidthTangent(1)));
        double up = Math.toDegrees(Math.atan(0.1 * SILENT.lens().halfHeightTangent(1)));
        assertThat(believed.panDegrees()).isEqualTo(0.7 * across, within(0.05));
        assertThat(believed.tiltDegrees()).isEqualTo(0.7 * up, within(0.05));
    }

    @Test
    void see_cameraThatSaysWhereItIs_isBelievedInstead() {
        assertThat(after(Personalities.TYPICAL).panDegrees()).isZero();
    }

    private static PtzPosition after(Personality personality) {
        var config = new SteeringConfig(
                personality.lens().fieldsOfView(),
                Optional.empty(),
                10,
                AimConfig.DEFAULT,
                FollowConfig.DEFAULT,
                new AimMode.Hold(),
                List.of());
        var first = frame(0, Optional.empty());
        var loop = new FollowLoop("gate", config, personality.capabilities(), first);
        loop.see(first, 0, START);
        var second = frame(1, Optional.of(new SeenMotion(START, CameraMotion.shift(-64, 36))));
        loop.see(second, TENTH, START + TENTH);
        return loop.toReport("gate", second).position();
    }

    private static SeenFrame frame(int number, Optional<SeenMotion> motion) {
        var stamp = new FrameStamp(
                new FrameId("gate", "01K9JXW7Z3T4V5W6X7Y8Z9ABCD", number), START + number * TENTH, CaptureClock.SENDER);
        return new SeenFrame(stamp, SIZE, number * TENTH, List.of(), motion);
    }
}
