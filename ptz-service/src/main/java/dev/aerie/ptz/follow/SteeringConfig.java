package dev.aerie.ptz.follow;

import dev.aerie.ptz.aim.AimConfig;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.aim.TourStop;
import dev.aerie.ptz.calibration.Calibration;
import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.control.CameraDynamics;
import dev.aerie.ptz.control.FollowConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is known of one camera before it has moved, and what it is to do.
///
/// - `fieldsOfView`: by zoom, at least one
/// - `deadTime`: from a command to the first frame that shows it; empty where nobody measured it
/// - `commandsPerSecond`: that the camera takes
/// - `firstMode`: from the start
/// - `patrol`: what it visits when there is nobody to follow; empty for nothing
/// - `measured`: by the camera of itself; counts before `deadTime`, and for the width of the field of view
public record SteeringConfig(
        List<Lens.FieldOfView> fieldsOfView,
        Optional<Duration> deadTime,
        double commandsPerSecond,
        AimConfig aim,
        FollowConfig follow,
        AimMode firstMode,
        List<TourStop> patrol,
        Optional<Calibration> measured) {

    /// As [Calibration#confidence] has it.
    private static final double MIN_CONFIDENCE = 0.5;

    private static final double NANOS_PER_SECOND = 1e9;

    /// A command of ours moves the camera for so long, if none follows.
    private static final double LEASE_SECONDS = 1;

    public SteeringConfig {
        fieldsOfView = List.copyOf(fieldsOfView);
        patrol = List.copyOf(patrol);
    }

    /// Before the camera has measured itself.
    public SteeringConfig(
            List<Lens.FieldOfView> fieldsOfView,
            Optional<Duration> deadTime,
            double commandsPerSecond,
            AimConfig aim,
            FollowConfig follow,
            AimMode firstMode,
            List<TourStop> patrol) {
        this(fieldsOfView, deadTime, commandsPerSecond, aim, follow, firstMode, patrol, Optional.empty());
    }

    /// The same with what the camera has measured of itself; without, where that is less sure than what was configured.
    SteeringConfig with(Calibration calibration) {
        Optional<Calibration> trusted = Optional.of(calibration).filter(one -> one.confidence() >= MIN_CONFIDENCE);
        return new SteeringConfig(fieldsOfView, deadTime, commandsPerSecond, aim, follow, firstMode, patrol, trusted);
    }

    Lens lens(int widthPixels, int heightPixels) {
        var configured = new Lens(fieldsOfView, widthPixels / (double) heightPixels);
        double scale = measured.map(one -> one.hfovDegrees() / configured.hfovDegrees(one.zoom()))
                .orElse(1.0);
        return new Lens(
                fieldsOfView.stream()
                        .map(one -> new Lens.FieldOfView(one.zoom(), one.hfovDegrees() * scale))
                        .toList(),
                widthPixels / (double) heightPixels);
    }

    CameraDynamics dynamics(PtzCapabilities capabilities) {
        double rate = Math.min(commandsPerSecond, CameraDynamics.DEFAULT_COMMANDS_PER_SECOND);
        if (measured.isPresent()) {
            return measured.get().dynamics(capabilities, rate);
        }
        double deadSeconds = deadTime.map(known -> known.toNanos() / NANOS_PER_SECOND)
                .orElse(CameraDynamics.DEFAULT_DEAD_TIME_SECONDS);
        return CameraDynamics.of(capabilities, Math.min(deadSeconds, CameraDynamics.MAX_DEAD_TIME_SECONDS), rate);
    }

    /// `follow` with the lease of this service.
    FollowConfig leased() {
        return new FollowConfig(
                follow.gainPerSecond(),
                follow.gainMargin(),
                follow.unknownShareOfDeadTime(),
                follow.deadZone(),
                follow.deadZoneOfTarget(),
                follow.restShare(),
                follow.boxNoise(),
                follow.frameNoise(),
                follow.accelerationDegreesPerSecond2(),
                follow.jerkDegreesPerSecond3(),
                follow.graceSeconds(),
                follow.predictionSeconds(),
                follow.searchSeconds(),
                LEASE_SECONDS);
    }
}
