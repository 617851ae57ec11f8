package dev.aerie.vision.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.Box;
import dev.aerie.settings.Device;
import dev.aerie.vision.SyntheticWorld;
import dev.aerie.vision.TestFrame;
import dev.aerie.vision.detect.DetectionResult;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The trained network before a synthetic world: the truth is known.
final class MotionNetworkDetectorTest {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;

    private final SyntheticWorld world = new SyntheticWorld(3, WIDTH, HEIGHT);
    private MotionNetwork network;
    private MotionNetworkDetector detector;

    @BeforeEach
    void open() throws ModelException {
        network = MotionNetwork.open(InferenceDevice.of(Device.CPU, 1));
        detector = new MotionNetworkDetector(network, 20);
    }

    @AfterEach
    void close() {
        detector.close();
        network.close();
        world.close();
    }

    @Test
    void detect_thingMovesBeforeMovingCamera_isFoundWhereItIs() throws ModelException {
        int hits = 0;
        for (int i = 0; i < 20; i++) {
            var thing = new Box(120 + 6 * i, 130, 80, 100);
            var found = see(i, List.of(thing)).detections();
            hits += found.stream().anyMatch(one -> one.box().overlapWith(thing) > 0.5) ? 1 : 0;
        }
        assertThat(hits).isGreaterThanOrEqualTo(14);
        assertThat(network.statistics().runs()).isEqualTo(17);
    }

    @Test
    void detect_worldStandsStillBeforeMovingCamera_findsNothingAndKnowsTheMotion() throws ModelException {
        for (int i = 0; i < 20; i++) {
            var result = see(i, List.of());
            assertThat(result.detections()).as("frame %d", i).isEmpty();
            assertThat(result.cameraMotion().isPresent()).as("frame %d", i).isEqualTo(i >= 3);
        }
        var motion = see(20, List.of()).cameraMotion().orElseThrow();
        assertThat(motion.mapX(WIDTH / 2.0, HEIGHT / 2.0) - WIDTH / 2.0).isCloseTo(-4, within(0.3));
        assertThat(motion.mapY(WIDTH / 2.0, HEIGHT / 2.0) - HEIGHT / 2.0).isCloseTo(2, within(0.3));
    }

    @Test
    void detect_anotherSizeOrSession_startsAfresh() throws ModelException {
        for (int i = 0; i < 4; i++) {
            see(i, List.of());
        }
        assertThat(detector.detect(TestFrame.black("s", 4, 320, 240)).cameraMotion())
                .isEmpty();
        assertThat(detector.detect(TestFrame.black("other", 0, 320, 240)).cameraMotion())
                .isEmpty();
    }

    private DetectionResult see(int frame, List<Box> things) throws ModelException {
        return detector.detect(world.see(frame, 400 + 4 * frame, 300 - 2 * frame, 0, 1, things));
    }
}
