package dev.aerie.ptz.follow;

import dev.aerie.ptz.aim.AimConfig;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.aim.TourStop;
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
public record SteeringConfig(
        List<Lens.FieldOfView> fieldsOfView,
        Optional<Duration> deadTime,
        double commandsPerSecond,
        AimConfig aim,
        FollowConfig follow,
        AimMode firstMode,
        List<TourStop> patrol) {

    private static final double NANOS_PER_SECOND = 1e9;

    /// A command of ours moves the camera for so long, if none follows.
    private static final double LEASE_SECONDS = 1;

    public SteeringConfig {
        fieldsOfView = List.copyOf(fieldsOfView);
        patrol = List.copyOf(patrol);
    }

    Lens lens(int widthPixels, int heightPixels) {
        return new Lens(fieldsOfView, widthPixels / (double) heightPixels);
    }

    CameraDynamics dynamics(PtzCapabilities capabilities) {
        var dynamics = CameraDynamics.of(capabilities)
                .withCommandRate(Math.min(commandsPerSecond, CameraDynamics.DEFAULT_COMMANDS_PER_SECOND));
        return deadTime.map(known -> dynamics.withDeadTime(
                        Math.min(known.toNanos() / NANOS_PER_SECOND, CameraDynamics.MAX_DEAD_TIME_SECONDS)))
                .orElse(dynamics);
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
