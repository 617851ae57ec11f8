package dev.aerie.evaluation.slam.metrics;

/// How an estimate is aligned before it is compared: its frame of reference is not the true one.
public enum Alignment {
    NONE,
    /// Rotated and translated, SE(3): for metric SLAM.
    RIGID,
    /// Rotated, translated and scaled, Sim(3): for one camera without an inertial sensor.
    SIMILARITY
}
