package dev.aerie.vision.segment;

/// Weights and limits of a [BilateralTracker].
///
/// Evidence is the log-likelihood ratio of object over background, in nats.
///
/// - `maxPixels`: of the working image; larger frames are shrunk
/// - `flowShrink`: 1 to 4, factor by which the working image is shrunk for the flow that all objects share
/// - `windowCells`: maximum of an object's window
/// - `padding`: of a window beyond the object's box, in square roots of the object's area
/// - `matchingSide`: square root of the object's area, in cells of the coarse matching grid
/// - `matchingCells`: maximum of that grid
/// - `positionWeight`: of position in matching
/// - `shape`, `shapeWhenLost`: evidence per unit of signed distance inside the warped mask
/// - `shapeBlur`: that unit in cells, for an object of 80 × 80 cells
/// - `colour`, `localColour`, `match`, `motion`: weights of the evidence
/// - `matchGain`, `matchLimit`: evidence of a difference of descriptor distances of 1, and its limit
/// - `lostFraction`: of the typical area, below which the object is lost
/// - `goodFraction`: of the typical area, above which its mask is kept as the last good one
/// - `shapeLimit`: of the signed distance, in its units
/// - `segmentationCells`: maximum on which a box or a click is segmented
/// - `isSelective`: whether an object that meets another one of the same looks goes on as it went, and learns nothing
public record BilateralConfig(
        int maxPixels,
        int flowShrink,
        int windowCells,
        double padding,
        double matchingSide,
        int matchingCells,
        double positionWeight,
        float shape,
        float shapeWhenLost,
        double shapeBlur,
        float colour,
        float localColour,
        float match,
        float motion,
        float matchGain,
        float matchLimit,
        double lostFraction,
        double goodFraction,
        double shapeLimit,
        int segmentationCells,
        boolean isSelective) {

    /// The most accurate, at a few frames a second; docs/segmentation.md tells how it was found.
    public static final BilateralConfig DEFAULT = new BilateralConfig(
            230_400, 2, 60_000, 0.9, 60, 14_400, 0.15, 0.7f, 0.25f, 5, 0.3f, 0.5f, 1.5f, 0.8f, 8, 4, 0.5, 0.6, 6,
            30_000, true);

    /// For live streams: smaller frames and grids, the same weights.
    public static final BilateralConfig LIVE = new BilateralConfig(
            129_600, 2, 30_000, 0.9, 30, 2400, 0.15, 0.7f, 0.25f, 5, 0.3f, 0.5f, 1.5f, 0.8f, 8, 4, 0.5, 0.6, 6, 8_000,
            true);

    public BilateralConfig {
        if (maxPixels < 1024 || windowCells < 1024 || segmentationCells < 1024 || matchingCells < 256) {
            throw new IllegalArgumentException(
                    "a working image and a window have at least 1024 pixels, a matched grid at least 256 cells");
        }
        if (flowShrink < 1 || flowShrink > 4) {
            throw new IllegalArgumentException("flowShrink is 1..4, was " + flowShrink);
        }
    }

    /// The same, with every frame treated alike.
    public BilateralConfig learningAlways() {
        return with(shape, match, false);
    }

    /// The same with other weights of the two most important kinds of evidence.
    public BilateralConfig withWeights(float newShape, float newMatch) {
        return with(newShape, newMatch, isSelective);
    }

    private BilateralConfig with(float newShape, float newMatch, boolean selective) {
        return new BilateralConfig(
                maxPixels,
                flowShrink,
                windowCells,
                padding,
                matchingSide,
                matchingCells,
                positionWeight,
                newShape,
                shapeWhenLost,
                shapeBlur,
                colour,
                localColour,
                newMatch,
                motion,
                matchGain,
                matchLimit,
                lostFraction,
                goodFraction,
                shapeLimit,
                segmentationCells,
                selective);
    }
}
