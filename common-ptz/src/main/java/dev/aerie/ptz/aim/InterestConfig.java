package dev.aerie.ptz.aim;

/// What makes a track interesting.
///
/// interest = priority × score × (sizeWeight × size + motionWeight × motion + noveltyWeight × novelty), with priority
/// from [Priorities], score that of the tracker, and
///
/// - size: its height over `fullSizeShare` of the frame's height, at most 1
/// - motion: its angular speed over `fullSpeedDegreesPerSecond`, at most 1
/// - novelty: 1 when it appears, 1/e of that after `noveltySeconds`
///
/// The weights add up to 1, so that interest is 0..1 for a priority of 1.
public record InterestConfig(
        double sizeWeight,
        double motionWeight,
        double noveltyWeight,
        double fullSizeShare,
        double fullSpeedDegreesPerSecond,
        double noveltySeconds) {

    public static final InterestConfig DEFAULT = new InterestConfig(0.4, 0.4, 0.2, 0.5, 10, 5);

    public InterestConfig {
        if (!(sizeWeight >= 0 && motionWeight >= 0 && noveltyWeight >= 0)
                || Math.abs(sizeWeight + motionWeight + noveltyWeight - 1) > 1e-6) {
            throw new IllegalArgumentException("weights are >= 0 and add up to 1, were " + sizeWeight + ", "
                    + motionWeight + ", " + noveltyWeight);
        }
        if (!(fullSizeShare > 0) || !(fullSpeedDegreesPerSecond > 0) || !(noveltySeconds > 0)) {
            throw new IllegalArgumentException(
                    "expected > 0, was " + fullSizeShare + ", " + fullSpeedDegreesPerSecond + ", " + noveltySeconds);
        }
    }

    double interestOf(MovingTrack track, double priority) {
        double size = Math.min(1, track.heightShare() / fullSizeShare);
        double motion = Math.min(1, track.velocity().speed(track.direction()) / fullSpeedDegreesPerSecond);
        double novelty = Math.exp(-track.ageSeconds() / noveltySeconds);
        return priority * track.track().score() * (sizeWeight * size + motionWeight * motion + noveltyWeight * novelty);
    }
}
