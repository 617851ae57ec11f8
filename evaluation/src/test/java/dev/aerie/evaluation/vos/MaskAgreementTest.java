package dev.aerie.evaluation.vos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.mask.BinaryMask;
import org.junit.jupiter.api.Test;

final class MaskAgreementTest {

    /// Its diagonal is 125 pixels, so that outlines match within exactly one.
    private static final FrameSize SIZE = new FrameSize(100, 75);

    @Test
    void of_theSame_isPerfect() {
        var mask = box(10, 10, 20, 20);
        assertThat(MaskAgreement.of(mask, mask)).isEqualTo(new MaskAgreement(1, 1));
    }

    @Test
    void of_twoEmptyMasks_isPerfect() {
        var nothing = BinaryMask.empty(SIZE);
        assertThat(MaskAgreement.of(nothing, nothing)).isEqualTo(new MaskAgreement(1, 1));
    }

    @Test
    void of_nothingFound_isZero() {
        assertThat(MaskAgreement.of(BinaryMask.empty(SIZE), box(10, 10, 20, 20)))
                .isEqualTo(new MaskAgreement(0, 0));
    }

    @Test
    void of_apart_isZero() {
        assertThat(MaskAgreement.of(box(50, 50, 10, 10), box(10, 10, 20, 20))).isEqualTo(new MaskAgreement(0, 0));
    }

    /// A square of 20 moved by one pixel: 19 · 20 pixels of 21 · 20 in common, and every outline within reach.
    @Test
    void of_movedByTheReach_keepsTheBoundary() {
        var agreement = MaskAgreement.of(box(11, 10, 20, 20), box(10, 10, 20, 20));
        assertThat(agreement.region()).isCloseTo(19.0 / 21, within(1e-12));
        assertThat(agreement.boundary()).isEqualTo(1);
    }

    /// Half of a square: its outline has 60 pixels, the square's 80. Of each, 43 lie within one pixel of the
    /// other: the left side's 21, and of what runs right from there 11 above and 11 below, or 10 each and the two
    /// that follow them down the middle.
    @Test
    void of_halfTheSquare_matchesThreeSides() {
        var agreement = MaskAgreement.of(box(10, 10, 10, 20), box(10, 10, 20, 20));
        assertThat(agreement.region()).isCloseTo(0.5, within(1e-12));
        assertThat(agreement.boundary()).isCloseTo(2.0 * 43 / (60 + 80), within(1e-12));
    }

    /// Worked out once with NumPy by DAVIS' own formulas.
    @Test
    void of_ragged_isWhatNumPyGives() {
        var found = BinaryMask.of(SIZE, (x, y) -> Math.hypot(x - 40, y - 37) < 20 + 3 * Math.sin(x * 0.9));
        var truth = BinaryMask.of(SIZE, (x, y) -> Math.hypot(x - 42, y - 36) < 21 + 2 * Math.cos(y * 0.7));
        var agreement = MaskAgreement.of(found, truth);
        assertThat(agreement.region()).isCloseTo(0.7938420348058902, within(1e-9));
        assertThat(agreement.boundary()).isCloseTo(0.5497835497835498, within(1e-9));
    }

    /// The same beyond the frame's lower right corner, where outlines have no neighbours.
    @Test
    void of_raggedAtTheRim_isWhatNumPyGives() {
        var found = BinaryMask.of(SIZE, (x, y) -> Math.hypot(x - 93, y - 66) < 20 + 3 * Math.sin(x * 0.9));
        var truth = BinaryMask.of(SIZE, (x, y) -> Math.hypot(x - 92, y - 67) < 21 + 2 * Math.cos(y * 0.7));
        var agreement = MaskAgreement.of(found, truth);
        assertThat(agreement.region()).isCloseTo(0.8328947368421052, within(1e-9));
        assertThat(agreement.boundary()).isCloseTo(0.6395745261148235, within(1e-9));
    }

    private static BinaryMask box(int left, int top, int width, int height) {
        return BinaryMask.of(SIZE, new Box(left, top, width, height));
    }
}
