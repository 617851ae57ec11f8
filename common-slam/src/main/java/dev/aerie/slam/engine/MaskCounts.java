package dev.aerie.slam.engine;

/// What an engine has left out because it may move.
///
/// - `frames`: that came with a mask
/// - `corners`: of all levels, under the masks
/// - `landmarks`: removed because later masks covered most of their observations
public record MaskCounts(long frames, long corners, long landmarks) {

    public static final MaskCounts NONE = new MaskCounts(0, 0, 0);
}
