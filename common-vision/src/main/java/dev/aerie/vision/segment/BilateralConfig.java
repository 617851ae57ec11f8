package dev.aerie.vision.segment;

/// What a [BilateralTracker] weighs, and how much it may work.
///
/// Evidence is in nats: how much likelier a pixel is the object's than its surroundings'.
///
/// - `mostPixels`: of the working image; larger ones are shrunk
/// - `flowShrink`: 1 or 2, by how much the working image is shrunk for the flow that all objects share
/// - `windowCells`: most cells of an object's window
/// - `padding`: of a window beyond the object's box, in square roots of the object's area
/// - `matchedSide`: square root of the object's area, in cells, on the coarse grid where it is matched
/// - `matchedCells`: most cells of that grid
/// - `placeWeight`: of place in matching
/// - `shape`, `shapeWhenLost`: evidence per blurred pixel of distance inside the moved mask
/// - `shapeBlur`: that pixel, for an object of 80 × 80 cells
/// - `colour`, `localColour`, `match`, `motion`: weights of the evidence
/// - `matchGain`, `matchLimit`: evidence of a difference of distances of 1, and the most that counts
/// - `lostShare`: of its usual area, below which the object counts as lost
/// - `goodShare`: of its usual area, above which its mask is worth remembering
/// - `shapeLimit`: blurred pixels of distance beyond which shape says no more
/// - `outlinedCells`: most cells on which a box or a click is outlined
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
        int segmentationCells) {

    /// The most exact; see docs/segmentation.md for how it was found.
    public static final BilateralConfig DEFAULT = new BilateralConfig(
            230_400, 2, 60_000, 0.9, 30, 3600, 0.15, 0.7f, 0.25f, 5, 0.3f, 0.5f, 1.5f, 0.8f, 8, 4, 0.5, 0.6, 6, 30_000);

    /// What a live stream is followed with: smaller frames and grids, the same weights.
    public static final BilateralConfig LIVE = new BilateralConfig(
            129_600, 2, 30_000, 0.9, 30, 2400, 0.15, 0.7f, 0.25f, 5, 0.3f, 0.5f, 1.5f, 0.8f, 8, 4, 0.5, 0.6, 6, 8_000);

    public BilateralConfig {
        if (maxPixels < 1024 || windowCells < 1024 || segmentationCells < 1024 || matchingCells < 256) {
            throw new IllegalArgumentException(
                    "a working image and a window have at least 1024 pixels, a matched grid at least 256 cells");
        }
        if (flowShrink < 1 || flowShrink > 4) {
            throw new IllegalArgumentException("flowShrink is 1..4, was " + flowShrink);
        }
    }

    /// The same with other weights of the two kinds of evidence that matter most.
    public BilateralConfig withWeights(float newShape, float newMatch) {
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
                segmentationCells);
    }
}
