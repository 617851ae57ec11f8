package dev.aerie.ptz.scenario;

import dev.aerie.ptz.calibration.Calibration;
import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.Lens.FieldOfView;
import dev.aerie.ptz.control.CameraDynamics;
import dev.aerie.ptz.control.CameraDynamics.Axis;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.simulated.Personality;
import java.util.Optional;
import java.util.Random;

/// What a controller is told of a camera.
///
/// - `dynamics`: of its motors
/// - `lens`: which it believes in
public record Knowledge(CameraDynamics dynamics, Lens lens) {

    /// Shares by which [#about] is off at most: of the dead time, of speeds and field of view, of the acceleration.
    private static final double DEAD_TIME_ERROR = 0.1;

    private static final double SCALE_ERROR = 0.03;
    private static final double ACCELERATION_ERROR = 0.3;

    private static final double COMMANDS_PER_SECOND = 8;

    /// What is on paper: 200 ms, the speeds as commanded, a common lens.
    public static Knowledge paper(Personality personality) {
        return new Knowledge(
                CameraDynamics.of(
                        personality.capabilities(), CameraDynamics.DEFAULT_DEAD_TIME_SECONDS, commandRate(personality)),
                Personalities.TYPICAL.lens());
    }

    /// What the camera measured of itself; the paper where it failed. Of `off_paper` the paper in any case.
    public static Knowledge measured(Personality personality, long seed) {
        if (personality.equals(Personalities.OFF_PAPER)) {
            return paper(personality);
        }
        Optional<Calibration> calibration = new CalibrationRun(personality, seed).run();
        return calibration
                .map(found -> new Knowledge(
                        found.dynamics(personality.capabilities(), commandRate(personality)),
                        found.lens(personality.lens().aspect())))
                .orElseGet(() -> paper(personality));
    }

    /// The truth, off by as much as a bad calibration: at most 10 % of the dead time, 3 % of speeds and field of view,
    /// 30 % of the acceleration. Of `off_paper` the paper.
    public static Knowledge about(Personality personality, long seed) {
        if (personality.equals(Personalities.OFF_PAPER)) {
            return paper(personality);
        }
        var random = new Random(977 * seed + 5);
        double deadTime = personality.commands().latencySeconds() * about(DEAD_TIME_ERROR, random);
        double panScale = personality.speedScale() * about(SCALE_ERROR, random);
        double tiltScale = personality.speedScale() * about(SCALE_ERROR, random);
        var dynamics = new CameraDynamics(
                deadTime,
                new Axis(panScale, personality.pan().acceleration() * about(ACCELERATION_ERROR, random)),
                new Axis(tiltScale, personality.tilt().acceleration() * about(ACCELERATION_ERROR, random)),
                settling(personality),
                personality.capabilities().maxSpeed(),
                commandRate(personality));
        double field = about(SCALE_ERROR, random);
        return new Knowledge(
                dynamics,
                new Lens(
                        personality.lens().fieldsOfView().stream()
                                .map(real -> new FieldOfView(real.zoom(), real.hfovDegrees() * field))
                                .toList(),
                        personality.lens().aspect()));
    }

    private static double about(double error, Random random) {
        return 1 + random.nextDouble(-error, error);
    }

    private static double settling(Personality personality) {
        var swing = personality.pan().swing();
        return swing.hertz() > 0 ? 1 / (2 * Math.PI * swing.hertz() * swing.damping()) : 0;
    }

    /// As many commands a second as the camera takes, 8 at most.
    static double commandRate(Personality personality) {
        double most = personality.commands().maxPerSecond();
        return most > 0 ? Math.min(most, COMMANDS_PER_SECOND) : COMMANDS_PER_SECOND;
    }
}
