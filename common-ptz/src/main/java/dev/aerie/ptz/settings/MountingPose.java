package dev.aerie.ptz.settings;

/// Where a camera stands on the site and how it is turned, at pan 0 and tilt 0.
///
/// - `eastMetres`, `northMetres`, `upMetres`: from the site's origin
/// - `headingDegrees`: where pan 0 points, clockwise from north
/// - `tiltDegrees`: of the mounting above the horizon; `rollDegrees`: clockwise as the camera sees
public record MountingPose(
        double eastMetres,
        double northMetres,
        double upMetres,
        double headingDegrees,
        double tiltDegrees,
        double rollDegrees) {}
