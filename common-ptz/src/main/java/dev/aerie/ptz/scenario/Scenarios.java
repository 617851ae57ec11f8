package dev.aerie.ptz.scenario;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.control.Framing;
import dev.aerie.ptz.scenario.TargetPath.Target;
import dev.aerie.ptz.scenario.TargetScenario.Distraction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/// The scenarios of `./aerie bench ptz`. A seed chooses directions, phases and noise; speeds are as stated.
public enum Scenarios {
    /// A standing target 22 degrees aside and 7 up; after ten seconds another one 24 degrees from it is chosen.
    STEP,
    /// 10 degrees a second to one side for 25 seconds.
    RAMP,
    /// 20 degrees to and fro in 8 seconds, and 5 degrees up and down in 5: at most 16 degrees a second.
    SINE,
    /// A speed that wanders with a standard deviation of 8 degrees a second and forgets itself in 1.5 s.
    RANDOM_WALK,
    /// Three that walk around each other and drift by 4 degrees a second: the box around all, of which a detector
    /// misses one in every tenth frame.
    GROUP,
    /// 6 degrees a second; every 5 seconds something passes the other way, hides the target for 0.4 s and is taken for
    /// it for 0.3 s.
    CROSSING,
    /// A wandering target (2 degrees a second) that comes up from 4 to 16 degrees of height and goes again; to fill 0.4
    /// of the frame by zooming.
    APPROACH;

    private static final double WIDTH = 4;
    private static final double HEIGHT = 10;
    private static final double TILT = -10;

    public TargetScenario of(long seed) {
        var random = new Random(31 * seed + label().hashCode());
        double side = random.nextBoolean() ? 1 : -1;
        return switch (this) {
            case STEP -> step(side);
            case RAMP -> ramp(side, random);
            case SINE -> sine(side, random);
            case RANDOM_WALK -> randomWalk(random);
            case GROUP -> group(side, random);
            case CROSSING -> crossing(side, random);
            case APPROACH -> approach(random);
        };
    }

    private TargetScenario scenario(double seconds, double startPan, TargetPath path) {
        return new TargetScenario(
                label(),
                seconds,
                new PtzPosition(startPan, TILT, 1),
                path,
                Optional.empty(),
                List.of(0.0),
                Framing.CENTRED,
                0);
    }

    /// Its name in lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private TargetScenario step(double side) {
        TargetPath path = seconds -> seconds < 10
                ? new Target(side * 22, TILT + 7, WIDTH, HEIGHT)
                : new Target(side * -2, TILT - 3, WIDTH, HEIGHT);
        TargetScenario one = scenario(20, 0, path);
        return new TargetScenario(
                one.name(), one.seconds(), one.start(), path, Optional.empty(), List.of(0.0, 10.0), one.framing(), 0);
    }

    private TargetScenario ramp(double side, Random random) {
        double phase = random.nextDouble(2 * Math.PI);
        return scenario(
                25,
                side * -135,
                seconds -> new Target(
                        side * (-125 + 10 * seconds), TILT + 2 * Math.sin(phase + 0.6 * seconds), WIDTH, HEIGHT));
    }

    private TargetScenario sine(double side, Random random) {
        double phase = random.nextDouble(2 * Math.PI);
        return scenario(
                32,
                side * 20 * Math.sin(phase),
                seconds -> new Target(
                        side * 20 * Math.sin(phase + 2 * Math.PI * seconds / 8),
                        TILT + 5 * Math.sin(2 * Math.PI * seconds / 5),
                        WIDTH,
                        HEIGHT));
    }

    private TargetScenario randomWalk(Random random) {
        var pan = new RandomWalk(8, 1.5, 0.02, 30, random);
        var tilt = new RandomWalk(2, 1.5, 0.1, 30, random);
        return scenario(30, 0, seconds -> new Target(pan.at(seconds), TILT + tilt.at(seconds), WIDTH, HEIGHT));
    }

    private TargetScenario group(double side, Random random) {
        var members = new RandomWalk[3];
        for (int i = 0; i < members.length; i++) {
            members[i] = new RandomWalk(3, 1.5, 0.3, 30, random);
        }
        TargetPath path = seconds -> {
            double low = Double.MAX_VALUE;
            double high = -Double.MAX_VALUE;
            for (int i = 0; i < members.length; i++) {
                double pan = side * (4 * seconds - 60) + 6 * (i - 1) + members[i].at(seconds);
                low = Math.min(low, pan);
                high = Math.max(high, pan);
            }
            return new Target((low + high) / 2, TILT, high - low + WIDTH, HEIGHT);
        };
        TargetScenario one = scenario(30, side * -60, path);
        return new TargetScenario(
                one.name(), one.seconds(), one.start(), path, Optional.empty(), one.steps(), one.framing(), 0.1);
    }

    private TargetScenario crossing(double side, Random random) {
        double bend = random.nextDouble(2 * Math.PI);
        TargetPath path = seconds ->
                new Target(side * (-80 + 6 * seconds) + 4 * Math.sin(bend + 0.7 * seconds), TILT, WIDTH, HEIGHT);
        TargetScenario one = scenario(30, side * -80, path);
        var passing = new Distraction(5, 0.4, 0.3, side * -12);
        return new TargetScenario(
                one.name(), one.seconds(), one.start(), path, Optional.of(passing), one.steps(), one.framing(), 0);
    }

    private TargetScenario approach(Random random) {
        var pan = new RandomWalk(2, 1.5, 0.05, 40, random);
        TargetPath path = seconds -> {
            double height = 4 * Math.pow(4, Math.sin(Math.PI * seconds / 40));
            return new Target(pan.at(seconds), TILT, height / 2.5, height);
        };
        TargetScenario one = scenario(40, 0, path);
        return new TargetScenario(
                one.name(), one.seconds(), one.start(), path, Optional.empty(), one.steps(), Framing.filling(0.4), 0);
    }
}
