package dev.aerie.vision.sam2;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.track.ObjectMask;
import java.util.ArrayList;
import java.util.List;

/// How well masks agree with the reference's; only what says something counts.
final class Agreement {

    private int results;
    private int informative;
    private int absent;
    private double worstLogit;
    private double worstScore;
    private String worst = "nowhere";
    private double minOverlap = 1;
    private double overlaps;
    private int inFrame;
    private double minOverlapInFrame = 1;
    private final List<String> misjudged = new ArrayList<>();

    void compare(Golden.Result expected, ObjectMask found, String where) {
        results++;
        double score = Math.log(found.presence() / (1 - found.presence()));
        worstScore = Math.max(worstScore, Math.abs(score - expected.score()));
        if (expected.score() <= 0) {
            absent++;
        }
        if (found.isVisible() != expected.score() > 0) {
            misjudged.add(where);
        } else if (expected.isInformative()) {
            informative++;
            double logit = worstLogit(expected, found.logits());
            if (logit > worstLogit) {
                worstLogit = logit;
                worst = where;
            }
            MaskLogits logits = found.logits();
            double overlap = overlap(expected.signs(), (x, y) -> logits.at(x, y) > 0);
            minOverlap = Math.min(minOverlap, overlap);
            overlaps += overlap;
            expected.frameMask().ifPresent(mask -> compareInFrame(mask, logits));
        }
    }

    private void compareInFrame(Golden.Signs expected, MaskLogits found) {
        BinaryMask mask = found.toFrame(new FrameSize(expected.width(), expected.height()));
        inFrame++;
        minOverlapInFrame = Math.min(minOverlapInFrame, overlap(expected, mask::contains));
    }

    /// Where an object is seen that the reference does not see, or the other way round.
    List<String> misjudged() {
        return List.copyOf(misjudged);
    }

    int informative() {
        return informative;
    }

    int absent() {
        return absent;
    }

    int results() {
        return results;
    }

    double worstLogit() {
        return worstLogit;
    }

    double worstScore() {
        return worstScore;
    }

    double minOverlap() {
        return minOverlap;
    }

    double meanOverlap() {
        return overlaps / informative;
    }

    /// Of masks as large as the frame.
    double minOverlapInFrame() {
        return minOverlapInFrame;
    }

    @Override
    public String toString() {
        return ("%d informative and %d absent of %d results, logits within %.1e (%s), scores within %.1e,"
                        + " overlap %.6f, mean %.6f, in the frame %.6f (%d results), misjudged %s")
                .formatted(
                        informative,
                        absent,
                        results,
                        worstLogit,
                        worst,
                        worstScore,
                        minOverlap,
                        meanOverlap(),
                        minOverlapInFrame,
                        inFrame,
                        misjudged);
    }

    private static double worstLogit(Golden.Result expected, MaskLogits found) {
        double worst = 0;
        for (int y = 0; y < expected.maskSide(); y += expected.stride()) {
            for (int x = 0; x < expected.maskSide(); x += expected.stride()) {
                worst = Math.max(worst, Math.abs(expected.logit(x, y) - found.at(x, y)));
            }
        }
        return worst;
    }

    private static double overlap(Golden.Signs expected, Cells found) {
        int both = 0;
        int either = 0;
        for (int y = 0; y < expected.height(); y++) {
            for (int x = 0; x < expected.width(); x++) {
                boolean inside = found.isInside(x, y);
                both += inside && expected.isInside(x, y) ? 1 : 0;
                either += inside || expected.isInside(x, y) ? 1 : 0;
            }
        }
        return (double) both / either;
    }

    private interface Cells {
        boolean isInside(int x, int y);
    }
}
