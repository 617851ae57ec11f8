package dev.aerie.ptz.scenario;

/// Where a target truly is, over time.
@FunctionalInterface
public interface TargetPath {

    /// - `seconds`: since the start of the run
    Target at(double seconds);

    /// A target at one time, in angles before the camera's mounting.
    ///
    /// - `panDegrees`, `tiltDegrees`: of its centre
    /// - `widthDegrees`, `heightDegrees`: of its box
    record Target(double panDegrees, double tiltDegrees, double widthDegrees, double heightDegrees) {}
}
