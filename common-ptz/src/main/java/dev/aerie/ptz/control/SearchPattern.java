package dev.aerie.ptz.control;

import dev.aerie.ptz.camera.Direction;

/// The way of a search: to and fro through where the target was last expected, along its last motion, farther each
/// time.
///
/// - `startNanos`: of the search
/// - `centre`: where the target was expected then
/// - `panShare`, `tiltShare`: of its last motion; together of length 1
/// - `reachDegrees`: of the first swing
record SearchPattern(long startNanos, Direction centre, double panShare, double tiltShare, double reachDegrees) {

    static final double ZOOM_OUT_PER_SECOND = 0.3;
    private static final double PERIOD_SECONDS = 6;
    private static final double GROWTH_PER_SECOND = 0.1;

    /// - `fieldDegrees`: horizontal field of view
    static SearchPattern from(TargetEstimate last, double fieldDegrees) {
        double speed = Math.hypot(last.panDegreesPerSecond(), last.tiltDegreesPerSecond());
        boolean moved = speed > 0.01 * fieldDegrees;
        return new SearchPattern(
                last.atNanos(),
                last.direction(),
                moved ? last.panDegreesPerSecond() / speed : 1,
                moved ? last.tiltDegreesPerSecond() / speed : 0,
                0.3 * fieldDegrees);
    }

    /// Where to look at a time.
    Direction at(long nanos) {
        double seconds = Math.max(0, (nanos - startNanos) / 1e9);
        double reach = reachDegrees * (1 + GROWTH_PER_SECOND * seconds);
        double along = reach * Math.sin(2 * Math.PI * seconds / PERIOD_SECONDS);
        return new Direction(
                centre.panDegrees() + panShare * along,
                Math.clamp(centre.tiltDegrees() + tiltShare * along, -90.0, 90.0));
    }
}
