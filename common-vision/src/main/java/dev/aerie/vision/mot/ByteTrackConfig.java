package dev.aerie.vision.mot;

/// Thresholds of [ByteTrack]. Costs are 1 − intersection over union, times the detection's score where it is strong.
///
/// - `highScore`: of strong detections, which are matched first; try 0.4 for a detector with low scores
/// - `lowScore`: of weak detections, which only continue tracks
/// - `newScore`: from which an unmatched detection starts a track
/// - `coastFrames`: without a detection, for which a track's box is predicted before it is lost
/// - `bufferFrames`: without a detection, after which a track ends
/// - `confirmHits`: consecutive frames with a detection after which a new track is confirmed, from 1
/// - `maxStrongCost`, `maxWeakCost`, `maxTentativeCost`: of a match with a strong detection, with a weak one, and of a
///   tentative track, 0..1
/// - `duplicateOverlap`: intersection over union above which a detected and a missed track are one object
/// - `otherLabelWeight`: of a match with a detection of another label, 0..1: a van that is detected as a car, then as a
///   truck, keeps its identity
public record ByteTrackConfig(
        double highScore,
        double lowScore,
        double newScore,
        long coastFrames,
        long bufferFrames,
        int confirmHits,
        double maxStrongCost,
        double maxWeakCost,
        double maxTentativeCost,
        double duplicateOverlap,
        double otherLabelWeight) {

    /// As in the paper, for video of 30 frames per second.
    public static final ByteTrackConfig DEFAULT =
            new ByteTrackConfig(0.5, 0.1, 0.6, 15, 30, 2, 0.8, 0.5, 0.7, 0.85, 0.7);

    /// For intermittent detections, as those of motion are: confirmed later, lost sooner.
    public static final ByteTrackConfig INTERMITTENT =
            new ByteTrackConfig(0.5, 0.1, 0.6, 5, 30, 3, 0.8, 0.5, 0.7, 0.85, 0.7);

    public ByteTrackConfig {
        if (!(0 <= lowScore && lowScore <= highScore && highScore <= newScore && newScore <= 1)) {
            throw new IllegalArgumentException("expected 0 <= lowScore <= highScore <= newScore <= 1, was " + lowScore
                    + ", " + highScore + ", " + newScore);
        }
        if (coastFrames < 0 || bufferFrames < coastFrames) {
            throw new IllegalArgumentException(
                    "expected 0 <= coastFrames <= bufferFrames, was " + coastFrames + ", " + bufferFrames);
        }
    }

    /// As this, with other thresholds of strong matches and new tracks.
    public ByteTrackConfig withStrongMatches(double newMaxStrongCost, double newNewScore) {
        return new ByteTrackConfig(
                highScore,
                lowScore,
                newNewScore,
                coastFrames,
                bufferFrames,
                confirmHits,
                newMaxStrongCost,
                maxWeakCost,
                maxTentativeCost,
                duplicateOverlap,
                otherLabelWeight);
    }
}
