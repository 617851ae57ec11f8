package dev.aerie.vision.mot;

/// Thresholds of [OcSort].
///
/// - `minScore`: of detections that are used, 0..1; try 0.4 for a detector with low scores
/// - `newScore`: from which an unmatched detection begins a track, at least `minScore`
/// - `coastFrames`: without a detection, for which a track's box is predicted before it is lost
/// - `bufferFrames`: without a detection, after which a track ends
/// - `confirmHits`: consecutive frames with a detection after which a new track is confirmed, from 1
/// - `minOverlap`: intersection over union, times the detection's score, of a match with the predicted box, above 0 and
///   below 1
/// - `minRecoveryOverlap`: of a match with the last observed box, above 0 and below 1
/// - `momentumWeight`: cost of a match that turns a track's direction by 180 degrees, against 1 for boxes that do not
///   overlap; 0 for none
/// - `momentumFrames`: over which a track's direction is measured, from 1; try 3
/// - `otherLabelWeight`: of a match with a detection of another label, 0..1
/// - `speedNoise`: standard deviation of the change of an object's speed from frame to frame, in widths or heights of
///   its box per frame, above 0; try 1/160 for 30 frames per second, more for fewer
public record OcSortConfig(
        double minScore,
        double newScore,
        long coastFrames,
        long bufferFrames,
        int confirmHits,
        double minOverlap,
        double minRecoveryOverlap,
        double momentumWeight,
        int momentumFrames,
        double otherLabelWeight,
        double speedNoise) {

    /// For people in video of 7 to 30 frames per second; `docs/tracking.md` says how it was chosen.
    public static final OcSortConfig DEFAULT = new OcSortConfig(0.5, 0.6, 15, 30, 2, 0.2, 0.3, 0.2, 3, 0.7, 1.0 / 80);

    public OcSortConfig {
        if (!(0 <= minScore && minScore <= newScore && newScore <= 1)) {
            throw new IllegalArgumentException(
                    "expected 0 <= minScore <= newScore <= 1, was " + minScore + ", " + newScore);
        }
        if (coastFrames < 0 || bufferFrames < coastFrames) {
            throw new IllegalArgumentException(
                    "expected 0 <= coastFrames <= bufferFrames, was " + coastFrames + ", " + bufferFrames);
        }
        if (!(isOpenUnit(minOverlap) && isOpenUnit(minRecoveryOverlap))) {
            throw new IllegalArgumentException(
                    "expected overlaps above 0 and below 1, was " + minOverlap + ", " + minRecoveryOverlap);
        }
        if (!(momentumWeight >= 0 && speedNoise > 0) || momentumFrames < 1 || confirmHits < 1) {
            throw new IllegalArgumentException(
                    "expected momentumWeight >= 0, momentumFrames >= 1, confirmHits >= 1, was " + momentumWeight + ", "
                            + momentumFrames + ", " + confirmHits);
        }
    }

    private static boolean isOpenUnit(double value) {
        return value > 0 && value < 1;
    }

    /// As this, with other thresholds of matches.
    public OcSortConfig withMatches(double newMinOverlap, double newMomentumWeight, double newSpeedNoise) {
        return new OcSortConfig(
                minScore,
                newScore,
                coastFrames,
                bufferFrames,
                confirmHits,
                newMinOverlap,
                minRecoveryOverlap,
                newMomentumWeight,
                momentumFrames,
                otherLabelWeight,
                newSpeedNoise);
    }
}
