package dev.aerie.vision.sam2;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Against PyTorch's `interpolate(mode="bilinear", align_corners=False, antialias=True)`.
final class AntialiasedResizeTest {

    private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

    @Test
    void apply_sameSize_isTheSame() {
        float[] plane = {1, 2, 3, 4, 5, 6};
        assertThat(new AntialiasedResize(3, 2, 3, 2).apply(plane)).containsExactly(plane, ROUNDING);
    }

    @Test
    void apply_halved_weighsThreeAtTheEdgeAndFourWithin() {
        float[] row = {0, 0, 0, 8, 0, 0, 0, 0};
        assertThat(new AntialiasedResize(8, 1, 4, 1).apply(row)).containsExactly(new float[] {0, 3, 1, 0}, ROUNDING);
    }

    @Test
    void apply_enlarged_isBilinear() {
        float[] column = {0, 4};
        assertThat(new AntialiasedResize(1, 2, 1, 4).apply(column)).containsExactly(new float[] {0, 1, 3, 4}, ROUNDING);
    }
}
