package dev.aerie.ptz.simulated;

import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.simulated.AxisMechanics.Swing;
import dev.aerie.ptz.simulated.Reporting.Availability;
import java.util.List;
import java.util.Optional;

/// The personalities by name. Each is a typical camera with one thing different, as manuals and bug reports have it;
/// `docs/ptz.md` says where each comes from. Accelerations are ours: no data sheet that we found gives one.
public final class Personalities {

    private static final double ASPECT = 16 / 9.0;

    /// Of a 1/2.8" sensor behind 4.8 mm, as many 25x domes have.
    private static final double HFOV_DEGREES = 57.6;

    private static final PtzRange ENDLESS = new PtzRange(-3600, 3600);
    private static final PtzRange TILT = new PtzRange(-90, 20);
    private static final PtzRange ZOOM = new PtzRange(0, Math.log(25));
    private static final Reporting HONEST = new Reporting(Availability.ALWAYS, 0.1, 0.1, false);

    /// No quirk at all: what is left is the pipeline's own latency.
    public static final Personality IDEAL = new Personality(
            "ideal",
            AxisMechanics.smooth(ENDLESS, 300, 2000),
            AxisMechanics.smooth(TILT, 300, 2000),
            AxisMechanics.smooth(ZOOM, 2, 10),
            1,
            new CommandPath(0.01, 0, 0),
            new Reporting(Availability.ALWAYS, 0, 0, false),
            Lens.rectilinear(HFOV_DEGREES, ASPECT));

    /// A networked dome: 200 ms from a command to the motor, position told in tenths of a degree.
    public static final Personality TYPICAL = new Personality(
            "typical",
            AxisMechanics.smooth(ENDLESS, 120, 240).withSpeeds(0.1, 0),
            AxisMechanics.smooth(TILT, 90, 180).withSpeeds(0.1, 0),
            AxisMechanics.smooth(ZOOM, 0.8, 2),
            1,
            new CommandPath(0.2, 0.02, 0),
            HONEST,
            Lens.rectilinear(HFOV_DEGREES, ASPECT));

    public static final Personality QUICK = TYPICAL.named("lag_50_ms").withCommands(new CommandPath(0.05, 0.01, 0));

    public static final Personality HALF_SECOND =
            TYPICAL.named("lag_500_ms").withCommands(new CommandPath(0.5, 0.04, 0));

    /// quatanium/python-onvif#63: a second until the camera executes a command.
    public static final Personality ONE_SECOND = TYPICAL.named("lag_1_s").withCommands(new CommandPath(1, 0.06, 0));

    public static final Personality TWO_SECONDS = TYPICAL.named("lag_2_s").withCommands(new CommandPath(2, 0.1, 0));

    /// A small camera for indoors with weak motors.
    public static final Personality SLOW = TYPICAL.named("slow")
            .withAxes(
                    AxisMechanics.smooth(new PtzRange(-170, 170), 25, 50),
                    AxisMechanics.smooth(new PtzRange(-60, 60), 15, 30));

    /// Eight speeds, as Dahua's control panel divides them.
    public static final Personality COARSE_SPEEDS = TYPICAL.named("coarse_speeds")
            .withAxes(
                    AxisMechanics.smooth(ENDLESS, 64, 240).withSpeeds(0, 8),
                    AxisMechanics.smooth(TILT, 40, 180).withSpeeds(0, 5));

    /// home-assistant/core#167697: a Tapo C200, whose speed no value changes.
    public static final Personality ONE_SPEED = TYPICAL.named("one_speed")
            .withAxes(
                    AxisMechanics.smooth(new PtzRange(-170, 170), 20, 120).withSpeeds(0, 20),
                    AxisMechanics.smooth(new PtzRange(-60, 60), 15, 120).withSpeeds(0, 15))
            .withReporting(Reporting.NOTHING);

    /// A stepper motor with a gear: half a degree a step.
    public static final Personality COARSE_STEPS = TYPICAL.named("coarse_steps")
            .withAxes(
                    AxisMechanics.smooth(new PtzRange(-175, 175), 60, 240).withSteps(0.5),
                    AxisMechanics.smooth(new PtzRange(-80, 40), 40, 180).withSteps(0.5))
            .withReporting(new Reporting(Availability.ALWAYS, 0.1, 1, false));

    /// Does not start below 1.5 degrees per second, and has 0.6 degrees of play.
    public static final Personality STICKY = TYPICAL.named("sticky")
            .withAxes(
                    AxisMechanics.smooth(ENDLESS, 80, 160).withSpeeds(1.5, 0).withBacklash(0.6),
                    AxisMechanics.smooth(TILT, 60, 120).withSpeeds(1.5, 0).withBacklash(0.6));

    /// Says nothing about its position.
    public static final Personality SILENT = TYPICAL.named("no_position").withReporting(Reporting.NOTHING);

    /// blakeblackshear/frigate#7958: moves for ever by its own account; tells a position only when it stands.
    public static final Personality STUCK =
            TYPICAL.named("stuck_status").withReporting(new Reporting(Availability.WHEN_STILL, 0.1, 0.1, true));

    /// A heavy head on a long arm: slow to brake, and swings after it.
    public static final Personality INERTIA = TYPICAL.named("inertia")
            .withAxes(
                    AxisMechanics.smooth(ENDLESS, 80, 80).withInertia(40, new Swing(0.9, 0.25)),
                    AxisMechanics.smooth(TILT, 60, 80).withInertia(40, new Swing(0.9, 0.25)));

    /// ros-drivers/axis_camera#36: one operation in a second to a few, the others wait. Here two in a second.
    public static final Personality RATE_LIMITED =
            TYPICAL.named("rate_limited").withCommands(new CommandPath(0.2, 0.02, 2));

    /// Goes at three quarters of the speed that it is asked for, behind a lens of 66 instead of 57.6 degrees. What is
    /// given to its controller is the paper, not a calibration.
    public static final Personality OFF_PAPER =
            TYPICAL.named("off_paper").withScale(0.75, Lens.rectilinear(66, ASPECT));

    private static final List<Personality> ALL = List.of(
            IDEAL,
            TYPICAL,
            QUICK,
            HALF_SECOND,
            ONE_SECOND,
            TWO_SECONDS,
            SLOW,
            COARSE_SPEEDS,
            ONE_SPEED,
            COARSE_STEPS,
            STICKY,
            SILENT,
            STUCK,
            INERTIA,
            RATE_LIMITED,
            OFF_PAPER);

    private Personalities() {}

    public static List<Personality> all() {
        return ALL;
    }

    /// The one of that name, such as `typical`.
    public static Optional<Personality> find(String name) {
        return ALL.stream().filter(known -> known.name().equals(name)).findFirst();
    }
}
