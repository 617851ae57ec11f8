package dev.aerie.slam.tuning;

/// Which keyframes look like a frame.
///
/// Source of the search tree: HBST (Schlegel & Grisetti 2018), sections III and IV.
///
/// - `maxBits`: of 256 in which a descriptor may differ from one of a keyframe to vote for it
/// - `minScore`: fraction of a frame's features that must vote for a keyframe
/// - `maxRemovedFraction`: of the keyframes in the tree that may have left the map until it is built anew
/// - `leafDescriptors`: that a leaf of the tree holds before it splits
/// - `minSplitFraction`: of a leaf's descriptors that each side of a split must get
public record PlaceConfig(
        int maxBits, double minScore, double maxRemovedFraction, int leafDescriptors, double minSplitFraction) {

    public static final PlaceConfig DEFAULT = new PlaceConfig(40, 0.02, 0.25, 100, 0.1);

    public PlaceConfig {
        Bounds.notNegative("maxBits", maxBits);
        Bounds.fraction("minScore", minScore);
        Bounds.fraction("maxRemovedFraction", maxRemovedFraction);
        Bounds.positive("leafDescriptors", leafDescriptors);
        Bounds.fraction("minSplitFraction", minSplitFraction);
    }
}
