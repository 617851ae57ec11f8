package dev.aerie.evaluation.vos;

import dev.aerie.vision.mask.BinaryMask;

/// Agreement of a mask with the true one by DAVIS' measures, both 0..1.
///
/// - `region`: J, intersection over union; 1 where both are empty
/// - `boundary`: F, harmonic mean of the outlines' precision and recall within 0.8 % of the frame's diagonal
///
/// Source: Perazzi et al. 2016, section 4.
public record MaskAgreement(double region, double boundary) {

    private static final double REACH_OF_DIAGONAL = 0.008;

    /// Throws [IllegalArgumentException] unless both are of frames of the same size.
    public static MaskAgreement of(BinaryMask found, BinaryMask truth) {
        return new MaskAgreement(region(found, truth), boundary(found, truth));
    }

    private static double region(BinaryMask found, BinaryMask truth) {
        return found.isEmpty() && truth.isEmpty() ? 1 : found.overlapWith(truth);
    }

    private static double boundary(BinaryMask found, BinaryMask truth) {
        double diagonal = Math.hypot(truth.size().widthPixels(), truth.size().heightPixels());
        int reach = (int) Math.ceil(REACH_OF_DIAGONAL * diagonal);
        var drawn = EdgePixels.of(found);
        var wanted = EdgePixels.of(truth);
        if (drawn.length() == 0 || wanted.length() == 0) {
            return drawn.length() == wanted.length() ? 1 : 0;
        }
        double precision = (double) drawn.near(wanted, reach) / drawn.length();
        double recall = (double) wanted.near(drawn, reach) / wanted.length();
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }
}
