package dev.aerie.vision.tracker;

import dev.aerie.vision.sam2.MaskGeneratorConfig;

/// How the frames of a stream are segmented in [ProcessingMode#SEGMENT].
///
/// - `maxFps`: frames per second of a stream that are segmented at most
/// - `maxMasks`: of a frame that are reported, the best ones
/// - `pointsPerSide`: of the grid of prompts
public record WholeFrameConfig(double maxFps, int maxMasks, int pointsPerSide) {

    /// As the frame-processor's settings have it by default.
    public static final WholeFrameConfig DEFAULT =
            new WholeFrameConfig(1, 64, MaskGeneratorConfig.DEFAULT.pointsPerSide());

    public WholeFrameConfig {
        if (!(maxFps > 0) || maxMasks < 1) {
            throw new IllegalArgumentException(
                    "frames per second and masks must be positive, were " + maxFps + " and " + maxMasks);
        }
    }
}
