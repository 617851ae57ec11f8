package dev.aerie.vision.sam2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.sam2.MemoryAdmission.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is remembered of made-up outputs of the mask decoder.
final class MemoryAdmissionTest {

    private static final int SIDE = 64;
    private static final float GOOD = 0.9f;
    private static final float VISIBLE = 5;
    private static final MemoryAdmissionConfig CONFIG = MemoryAdmissionConfig.SELECTIVE;

    private final MemoryAdmission admission = new MemoryAdmission(CONFIG);

    @Test
    void judge_goodMaskWherePredicted_isAdmitted() {
        walk(0, 30);
        assertThat(judge(at(30), GOOD, VISIBLE)).isEqualTo(Verdict.ADMITTED);
    }

    @Test
    void judge_lowPredictedIou_servesTheNextFrameOnly() {
        walk(0, 5);
        Verdict verdict = judge(at(5), 0.4f, VISIBLE);
        assertThat(verdict).isEqualTo(Verdict.DOUBTFUL);
        assertThat(verdict.kind()).isEqualTo(MemoryKind.PASSING);
    }

    @Test
    void judge_hiddenOrEmpty_keepsThePointerOnly() {
        walk(0, 5);
        assertThat(judge(at(5), GOOD, -1)).isEqualTo(Verdict.HIDDEN);
        assertThat(judge(drawn(), GOOD, VISIBLE)).isEqualTo(Verdict.HIDDEN);
        assertThat(Verdict.HIDDEN.hasMemory()).isFalse();
    }

    @Test
    void judge_maskThatJumpsOntoATwin_isRefusedForAWhile() {
        walk(0, 20);
        var twin = drawn(50, 40, 8, 16);
        for (int frame = 0; frame <= CONFIG.pauseFrames(); frame++) {
            assertThat(judge(twin, GOOD, VISIBLE)).as("frame %d", frame).isEqualTo(Verdict.REFUSED);
        }
        assertThat(judge(twin, GOOD, VISIBLE)).isEqualTo(Verdict.ADMITTED);
    }

    @Test
    void judge_objectThatStandsStill_isRememberedEverySecondFrame() {
        walk(0, 5);
        assertThat(judge(at(4), GOOD, VISIBLE)).isEqualTo(Verdict.ALIKE);
        assertThat(judge(at(4), GOOD, VISIBLE)).isEqualTo(Verdict.ADMITTED);
        assertThat(judge(at(4), GOOD, VISIBLE)).isEqualTo(Verdict.ALIKE);
        assertThat(judge(at(5), GOOD, VISIBLE)).isEqualTo(Verdict.ADMITTED);
        assertThat(Verdict.ALIKE.hasMemory()).isFalse();
        assertThat(Verdict.ALIKE.hasPointerOnly()).isTrue();
    }

    @Test
    void isSkippedAt_hiddenForAWhile_isLookedForEveryFourthFrameUntilItIsSeen() {
        walk(0, 5);
        for (int frame = 0; frame < CONFIG.hiddenIntervalFrames(); frame++) {
            assertThat(admission.isSkippedAt(7)).isFalse();
            judge(at(5), GOOD, -1);
        }
        assertThat(List.of(7L, 8L, 9L, 10L, 11L, 12L))
                .filteredOn(time -> !admission.isSkippedAt(time))
                .containsExactly(8L, 12L);
        judge(at(5), GOOD, VISIBLE);
        assertThat(admission.isSkippedAt(13)).isFalse();
    }

    @Test
    void judge_jumpBeforeMotionIsSteady_isAdmitted() {
        walk(0, CONFIG.steadyFrames() - 2);
        assertThat(judge(drawn(50, 40, 8, 16), GOOD, VISIBLE)).isEqualTo(Verdict.ADMITTED);
    }

    @Test
    void judge_reappearanceElsewhereAfterHiding_isAdmitted() {
        walk(0, 20);
        judge(at(20), GOOD, -1);
        assertThat(judge(drawn(50, 40, 8, 16), GOOD, VISIBLE)).isEqualTo(Verdict.ADMITTED);
    }

    @Test
    void refuse_maskCalledDrift_refusesForAWhile() {
        walk(0, 20);
        admission.refuse();
        for (int frame = 0; frame < CONFIG.pauseFrames(); frame++) {
            assertThat(judge(at(20 + frame), GOOD, VISIBLE)).isEqualTo(Verdict.REFUSED);
        }
        assertThat(judge(at(20 + CONFIG.pauseFrames()), GOOD, VISIBLE)).isEqualTo(Verdict.ADMITTED);
    }

    @Test
    void judge_alternativeShowsATwinElsewhere_isAnAnchorButNotAtOnceAgain() {
        walk(0, 12);
        var both = drawn(12, 20, 8, 16, 44, 20, 8, 16);
        assertThat(admission.judge(prediction(at(12), GOOD, VISIBLE), List.of(at(12), both)))
                .isEqualTo(Verdict.ANCHOR);
        assertThat(admission.judge(prediction(at(13), GOOD, VISIBLE), List.of(both)))
                .isEqualTo(Verdict.ADMITTED);
    }

    @Test
    void judge_alternativeIsALittleLargerOrScoreIsLow_isNoAnchor() {
        walk(0, 12);
        var wider = drawn(11, 20, 9, 17);
        assertThat(admission.judge(prediction(at(12), GOOD, VISIBLE), List.of(wider)))
                .isEqualTo(Verdict.ADMITTED);
        var both = drawn(12, 20, 8, 16, 44, 20, 8, 16);
        assertThat(admission.judge(prediction(at(13), 0.7f, VISIBLE), List.of(both)))
                .isEqualTo(Verdict.ADMITTED);
    }

    @Test
    void judge_maskOfUnusualSizeBesideATwin_isNoAnchor() {
        walk(0, 12);
        var half = drawn(12, 20, 8, 8);
        var both = drawn(12, 20, 8, 16, 44, 20, 8, 16);
        assertThat(admission.judge(prediction(half, GOOD, VISIBLE), List.of(both)))
                .isEqualTo(Verdict.ADMITTED);
    }

    @Test
    void largestBeyond_twoParts_isTheLarger() {
        var region = MaskRegion.largestBeyond(at(0), drawn(0, 20, 9, 16, 20, 2, 3, 3, 40, 40, 4, 4));
        assertThat(region).isEqualTo(new MaskRegion(16, 8, 20, 8, 35));
    }

    /// A thing of 8 × 16 cells goes right by one a frame.
    private void walk(int from, int to) {
        admission.restart(prediction(at(from), 1, 10));
        for (int x = from + 1; x < to; x++) {
            assertThat(judge(at(x), GOOD, VISIBLE)).as("x %d", x).isEqualTo(Verdict.ADMITTED);
        }
    }

    private Verdict judge(MaskLogits mask, float predictedIou, float presenceLogit) {
        return admission.judge(prediction(mask, predictedIou, presenceLogit), List.of(mask));
    }

    private static MaskPrediction prediction(MaskLogits mask, float predictedIou, float presenceLogit) {
        return new MaskPrediction(mask, predictedIou, presenceLogit);
    }

    private static MaskLogits at(int x) {
        return drawn(x, 20, 8, 16);
    }

    /// - `boxes`: left, top, width and height of each
    private static MaskLogits drawn(int... boxes) {
        var logits = new float[SIDE * SIDE];
        Arrays.fill(logits, -5);
        for (int i = 0; i < boxes.length; i += 4) {
            for (int y = boxes[i + 1]; y < boxes[i + 1] + boxes[i + 3]; y++) {
                Arrays.fill(logits, y * SIDE + boxes[i], y * SIDE + boxes[i] + boxes[i + 2], 5);
            }
        }
        return new MaskLogits(SIDE, SIDE, logits);
    }
}
