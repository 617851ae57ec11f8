package dev.aerie.slam.match;

/// How alike descriptors must be, in bits of 256. After ORB-SLAM.
final class DescriptorThresholds {

    /// Where geometry says where to look.
    static final int GUIDED = 100;

    /// Where it says little.
    static final int STRICT = 55;

    private DescriptorThresholds() {}
}
