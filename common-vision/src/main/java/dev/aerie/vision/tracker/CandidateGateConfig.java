package dev.aerie.vision.tracker;

/// Thresholds of [CandidateGate]. Overlaps are intersection over union, 0..1.
///
/// - `minBoxOverlap`: of a candidate's box with a track's, from which on the candidate is that track
/// - `goodBoxOverlap`: of a candidate's box with the mask's, below which the mask has drifted and is prompted again
/// - `goodMaskOverlap`: of the regions that move with the mask of the track that they belong to, below which the mask
///   has drifted
/// - `minSharedOfSmaller`, `minSharedOfLarger`: fractions of the smaller and of the larger of two boxes that they must
///   share for a candidate to verify a track
/// - `minNameOverlap`: of a detection's box with a track's, from which on the detection names the track
/// - `maxMaskOverlap`: of two masks, above which they show one object
/// - `maxContained`: fraction of the smaller mask within the other, above which they show one object
/// - `minSidePixels`: of a candidate's box
/// - `minAreaFraction`, `maxAreaFraction`: of the frame that an object may cover
public record CandidateGateConfig(
        double minBoxOverlap,
        double goodBoxOverlap,
        double goodMaskOverlap,
        double minSharedOfSmaller,
        double minSharedOfLarger,
        double minNameOverlap,
        double maxMaskOverlap,
        double maxContained,
        double minSidePixels,
        double minAreaFraction,
        double maxAreaFraction) {

    public static final CandidateGateConfig DEFAULT =
            new CandidateGateConfig(0.4, 0.7, 0.5, 0.5, 0.15, 0.5, 0.3, 0.7, 6, 5e-5, 0.6);
}
