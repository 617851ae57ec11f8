package dev.aerie.evaluation.slam.metrics;

/// What may be done to an estimate before it is compared: its world is not the true one.
public enum Alignment {
    NONE,
    /// Turned and moved, SE(3): for a SLAM that knows its scale.
    RIGID,
    /// Turned, moved and scaled, Sim(3): for one camera without an inertial sensor.
    SIMILARITY
}
