package dev.aerie.simulator.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.image.RgbImage;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.simulator.world.Scene;
import dev.aerie.video.FrameSize;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MotionBlurTest {

    private static final CameraIntrinsics CAMERA = CameraIntrinsics.of(new FrameSize(160, 90));
    private static final Scene TURNING = Scenario.ROTATION.scene(7);

    @Test
    void take_moments_areSpreadEvenlyTheMiddleLast() {
        List<Double> moments = new ArrayList<>();

        new MotionBlur(new RgbImage(new FrameSize(4, 4))).take(moments::add);

        assertThat(moments).hasSize(9).endsWith(0.0);
        assertThat(moments.stream().sorted().toList().getFirst()).isCloseTo(-4.0 / 9, within(1e-12));
        assertThat(moments.stream().sorted().toList().getLast()).isCloseTo(4.0 / 9, within(1e-12));
    }

    @Test
    void take_mean_isTakenForEachChannel() {
        var image = new RgbImage(new FrameSize(1, 1));

        new MotionBlur(image).take(moment -> image.pixels()[0] = moment > 0 ? 0xFF9000 : 0x0000FF);

        assertThat(image.pixels()[0]).as("four of nine are orange").isEqualTo(0x71408E);
    }

    @Test
    void render_openShutterWhileTurning_softensEdgesAndKeepsTheTruth() {
        var sharp = new Renderer(CAMERA);
        var soft = new Renderer(CAMERA);
        sharp.render(TURNING, 3);
        soft.render(TURNING.withShutter(0.05), 3);

        assertThat(steepness(soft.frame())).isLessThan(0.8 * steepness(sharp.frame()));
        for (int pixel = 0; pixel < 160 * 90; pixel += 7) {
            assertThat(soft.visibility().depthAt(pixel))
                    .isEqualTo(sharp.visibility().depthAt(pixel));
        }
    }

    /// Mean difference of neighbours in a row.
    private static double steepness(RgbImage image) {
        var grey = ByteBuffer.allocate(160 * 90);
        image.copyAsGrey(grey);
        long sum = 0;
        for (int i = 1; i < 160 * 90; i++) {
            sum += Math.abs((grey.get(i) & 0xFF) - (grey.get(i - 1) & 0xFF));
        }
        return sum / (160.0 * 90);
    }
}
