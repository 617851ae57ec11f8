package dev.aerie.vision.sam2;

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
            double overlap = overlap(expected, found.logits());
            minOverlap = Math.min(minOverlap, overlap);
            overlaps += overlap;
        }
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

    @Override
    public String toString() {
        return ("%d informative and %d absent of %d results, logits within %.1e (%s), scores within %.1e,"
                        + " overlap %.6f, mean %.6f, misjudged %s")
                .formatted(
                        informative,
                        absent,
                        results,
                        worstLogit,
                        worst,
                        worstScore,
                        minOverlap,
                        overlaps / informative,
                        misjudged);
    }

    private static double worstLogit(Golden.Result expected, MaskLogits found) {
        double worst = 0;
        for (int y = 0; y < expected.maskSide(); y += 2) {
            for (int x = 0; x < expected.maskSide(); x += 2) {
                worst = Math.max(worst, Math.abs(expected.logit(x, y) - found.at(x, y)));
            }
        }
        return worst;
    }

    private static double overlap(Golden.Result expected, MaskLogits found) {
        int both = 0;
        int either = 0;
        for (int y = 0; y < expected.maskSide(); y++) {
            for (int x = 0; x < expected.maskSide(); x++) {
                boolean inside = found.at(x, y) > 0;
                both += inside && expected.isInside(x, y) ? 1 : 0;
                either += inside || expected.isInside(x, y) ? 1 : 0;
            }
        }
        return (double) both / either;
    }
}
