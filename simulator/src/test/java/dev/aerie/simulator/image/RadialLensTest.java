package dev.aerie.simulator.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.video.FrameSize;
import org.junit.jupiter.api.Test;

final class RadialLensTest {

    private static final double K1 = -0.28;
    private static final double K2 = 0.07;
    private static final CameraIntrinsics CAMERA = CameraIntrinsics.of(new FrameSize(160, 120));

    @Test
    void bend_everyPixel_showsWhatTheFormulaSays() {
        var lens = new RadialLens(CAMERA, K1, K2);
        var bent = bend(lens);
        var pinhole = lens.pinhole();
        for (int y = 0; y < 120; y += 7) {
            for (int x = 0; x < 160; x += 7) {
                int rgb = bent.pixels()[y * 160 + x];
                double straightX = ((rgb & 0xFF) - pinhole.centreXPixels()) / pinhole.focalXPixels();
                double straightY = (((rgb >> 8) & 0xFF) - pinhole.centreYPixels()) / pinhole.focalYPixels();
                double r2 = straightX * straightX + straightY * straightY;
                double factor = 1 + K1 * r2 + K2 * r2 * r2;
                assertThat(factor * straightX * CAMERA.focalXPixels() + CAMERA.centreXPixels())
                        .as("column of %d, %d", x, y)
                        .isCloseTo(x, within(1.1));
                assertThat(factor * straightY * CAMERA.focalYPixels() + CAMERA.centreYPixels())
                        .as("row of %d, %d", x, y)
                        .isCloseTo(y, within(1.1));
            }
        }
    }

    @Test
    void bend_withoutDistortion_isTheSameFrame() {
        var lens = new RadialLens(CAMERA, 0, 0);
        var bent = bend(lens);
        int margin = (int) (lens.pinhole().centreXPixels() - CAMERA.centreXPixels());

        for (int x = 0; x < 160; x++) {
            assertThat(bent.pixels()[50 * 160 + x] & 0xFF).isEqualTo(x + margin);
        }
    }

    @Test
    void lens_thatFoldsTheCorners_isRefused() {
        assertThatThrownBy(() -> new RadialLens(CAMERA, -1.5, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1.5");
    }

    /// Bends a frame whose blue is the column and whose green is the row.
    private static RgbImage bend(RadialLens lens) {
        var straight = new RgbImage(lens.pinhole().size());
        for (int i = 0; i < straight.pixels().length; i++) {
            straight.pixels()[i] = ((i / straight.widthPixels()) << 8) | (i % straight.widthPixels());
        }
        var bent = new RgbImage(CAMERA.size());
        lens.bend(straight, bent);
        return bent;
    }
}
