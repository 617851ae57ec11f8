package dev.aerie.ptz.handoff;

/// How similarities of appearance are distributed: two normal distributions of the same deviation. To be measured for
/// each model; these come from a gallery's own statistics.
///
/// - `sameMean`, `differentMean`: mean similarity of two views of one person, of two persons
/// - `deviation`: of both
/// - `limit`: no similarity counts for more than this, as a logarithm of odds: a look-alike must not outweigh
/// everything
public record AppearanceEvidence(double sameMean, double differentMean, double deviation, double limit) {

    public static final AppearanceEvidence DEFAULT = new AppearanceEvidence(0.72, 0.45, 0.13, 6);

    public AppearanceEvidence {
        if (!(sameMean > differentMean) || !(deviation > 0) || !(limit > 0)) {
            throw new IllegalArgumentException("expected same > different, deviation and limit > 0, was " + sameMean
                    + ", " + differentMean + ", " + deviation + ", " + limit);
        }
    }

    /// Logarithm of the odds that a similarity is of one person rather than of two.
    double logOddsOf(double similarity) {
        double toDifferent = similarity - differentMean;
        double toSame = similarity - sameMean;
        double odds = (toDifferent * toDifferent - toSame * toSame) / (2 * deviation * deviation);
        return Math.clamp(odds, -limit, limit);
    }
}
