package dev.aerie.ptz.calibration;

import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.Lens.FieldOfView;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.control.CameraDynamics;
import dev.aerie.ptz.control.CameraDynamics.Axis;
import java.util.List;

/// What a camera measured of itself. A caller may save it, in a file of its own; it never belongs into what a person
/// configured.
///
/// - `deadTimeSeconds`: from a command to the first turn
/// - `panScale`, `tiltScale`: real over commanded speed
/// - `panSpeeds`, `tiltSpeeds`: at each commanded speed
/// - `panAcceleration`, `tiltAcceleration`: degrees/s²
/// - `settleSeconds`: in which a swing of the head dies away to a third; 0 for a rigid one
/// - `hfovDegrees`: at the zoom of the measurement
/// - `zoom`: of the measurement
/// - `deviations`: how much each of these varied
public record Calibration(
        double deadTimeSeconds,
        double panScale,
        double tiltScale,
        List<Speed> panSpeeds,
        List<Speed> tiltSpeeds,
        double panAcceleration,
        double tiltAcceleration,
        double settleSeconds,
        double hfovDegrees,
        double zoom,
        Deviations deviations) {

    public Calibration {
        panSpeeds = List.copyOf(panSpeeds);
        tiltSpeeds = List.copyOf(tiltSpeeds);
        if (!(deadTimeSeconds >= 0) || !(panScale > 0) || !(tiltScale > 0)) {
            throw new IllegalArgumentException("expected a dead time >= 0 and scales > 0, was " + deadTimeSeconds + ", "
                    + panScale + ", " + tiltScale);
        }
        if (!(hfovDegrees > 0 && hfovDegrees < 180) || !(zoom >= 1)) {
            throw new IllegalArgumentException(
                    "expected hfov in 0..180 and zoom >= 1, was " + hfovDegrees + ", " + zoom);
        }
    }

    /// What became of a commanded speed, degrees/s.
    public record Speed(double commanded, double real) {}

    /// Standard errors.
    ///
    /// - `deadTimeSeconds`: of the dead time
    /// - `scale`: of the speeds, as a share
    /// - `hfov`: of the field of view, as a share
    public record Deviations(double deadTimeSeconds, double scale, double hfov) {

        private static final double MAX_DEAD_TIME_SECONDS = 0.02;
        private static final double MAX_DEAD_TIME_SHARE = 0.1;
        private static final double MAX_SHARE = 0.03;

        /// 1 for no deviation at all, 0.5 where the worst is at its limit (20 ms or a tenth of the dead time; 3 % of
        /// the others), towards 0 beyond.
        public double confidence(double ofDeadTimeSeconds) {
            double allowed = Math.max(MAX_DEAD_TIME_SECONDS, MAX_DEAD_TIME_SHARE * ofDeadTimeSeconds);
            double worst = Math.max(deadTimeSeconds / allowed, Math.max(scale, hfov) / MAX_SHARE);
            return 1 / (1 + worst * worst);
        }
    }

    /// 0..1, see [Deviations#confidence]; below 0.5 a caller should rather trust what is configured.
    public double confidence() {
        return deviations.confidence(deadTimeSeconds);
    }

    /// The controller's belief about a camera that measured this.
    public CameraDynamics dynamics(PtzCapabilities capabilities, double maxCommandsPerSecond) {
        return new CameraDynamics(
                Math.min(deadTimeSeconds, CameraDynamics.MAX_DEAD_TIME_SECONDS),
                new Axis(panScale, panAcceleration),
                new Axis(tiltScale, tiltAcceleration),
                settleSeconds,
                capabilities.maxSpeed(),
                maxCommandsPerSecond);
    }

    /// The lens as measured, rectilinear beyond the zoom of the measurement.
    public Lens lens(double aspect) {
        return new Lens(List.of(new FieldOfView(zoom, hfovDegrees)), aspect);
    }
}
