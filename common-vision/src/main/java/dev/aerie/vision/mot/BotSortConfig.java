package dev.aerie.vision.mot;

/// Thresholds of [BotSort].
///
/// - `cascade`: of matching by boxes and of the tracks' lives
/// - `maxLookDistance`: half of 1 − cosine of two embeddings from which looks no longer count as alike, 0..1; looks of
///   different people are further apart. Try 0.1 to 0.3
/// - `maxLookOverlapCost`: 1 − intersection over union from which looks do not count, 0..1: who is far away is
///   somebody else, however alike
/// - `speedNoise`: standard deviation of the change of an object's speed from frame to frame, in widths or heights of
///   its box per frame, above 0
public record BotSortConfig(
        ByteTrackConfig cascade, double maxLookDistance, double maxLookOverlapCost, double speedNoise) {

    /// Looks as in the paper; matches and noise for people in video of 7 to 30 frames per second: `docs/tracking.md`
    /// says how they were chosen.
    public static final BotSortConfig DEFAULT =
            new BotSortConfig(ByteTrackConfig.DEFAULT.withStrongMatches(0.9, 0.6), 0.25, 0.5, 1.0 / 80);

    public BotSortConfig {
        if (!(maxLookDistance >= 0 && maxLookDistance <= 1 && maxLookOverlapCost >= 0 && maxLookOverlapCost <= 1)) {
            throw new IllegalArgumentException(
                    "expected distances of 0..1, was " + maxLookDistance + ", " + maxLookOverlapCost);
        }
        if (!(speedNoise > 0)) {
            throw new IllegalArgumentException("expected speedNoise > 0, was " + speedNoise);
        }
    }

    /// As this, with another cost of strong matches and another noise.
    public BotSortConfig withMatches(double maxStrongCost, double newSpeedNoise) {
        return new BotSortConfig(
                cascade.withStrongMatches(maxStrongCost, cascade.newScore()),
                maxLookDistance,
                maxLookOverlapCost,
                newSpeedNoise);
    }
}
