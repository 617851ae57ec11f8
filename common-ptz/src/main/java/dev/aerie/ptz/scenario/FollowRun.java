package dev.aerie.ptz.scenario;

import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.Lens.FieldOfView;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.control.CameraDynamics;
import dev.aerie.ptz.control.FollowConfig;
import dev.aerie.ptz.control.FollowController;
import dev.aerie.ptz.control.FollowEvents;
import dev.aerie.ptz.control.TargetObservation;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.simulated.Personality;
import dev.aerie.ptz.simulated.PtzMechanics;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Random;

/// One scenario before one camera with one controller, in virtual time; the same seed gives the same run.
public final class FollowRun {

    private static final long TICK_NANOS = 5_000_000;
    private static final long LOOP_NANOS = 50_000_000;
    private static final long REPORT_NANOS = 200_000_000;

    /// Reports are taken to be this old.
    private static final long REPORT_AGE_NANOS = 100_000_000;

    /// How far a calibration may be off: shares of dead time, of scale and field of view, of acceleration.
    private static final double DEAD_TIME_ERROR = 0.1;

    private static final double SCALE_ERROR = 0.03;
    private static final double ACCELERATION_ERROR = 0.3;

    private static final double COMMANDS_PER_SECOND = 8;

    private final Scenario scenario;
    private final Personality personality;
    private final long seed;

    public FollowRun(Scenario scenario, Personality personality, long seed) {
        this.scenario = scenario;
        this.personality = personality;
        this.seed = seed;
    }

    private record Arrival(long nanos, TargetObservation observation) {}

    /// Our controller, which knows the camera as well as a calibration does: within 10 % of its dead time, 3 % of its
    /// speeds and field of view, 30 % of its acceleration. Of `off_paper` it has the paper.
    public RunScore ours(FollowConfig config) {
        var random = new Random(977 * seed + 5);
        boolean paper = personality.equals(Personalities.OFF_PAPER);
        CameraDynamics dynamics = paper ? paper() : calibrated(random);
        Lens lens = paper ? Personalities.TYPICAL.lens() : about(personality.lens(), random);
        var controller = new FollowController(
                lens, personality.capabilities(), dynamics, config, new FollowEvents(personality.name()));
        return run(new ControllerPursuit(controller, scenario.framing()));
    }

    private CameraDynamics paper() {
        return CameraDynamics.of(personality.capabilities()).withCommandRate(commandRate());
    }

    private CameraDynamics calibrated(Random random) {
        double scale = personality.speedScale();
        return paper().withDeadTime(personality.commands().latencySeconds() * about(DEAD_TIME_ERROR, random))
                .withScales(scale * about(SCALE_ERROR, random), scale * about(SCALE_ERROR, random))
                .withSettling(settling())
                .withAcceleration(personality.pan().acceleration() * about(ACCELERATION_ERROR, random));
    }

    private double settling() {
        var swing = personality.pan().swing();
        return swing.hertz() > 0 ? 1 / (2 * Math.PI * swing.hertz() * swing.damping()) : 0;
    }

    private static double about(double error, Random random) {
        return 1 + random.nextDouble(-error, error);
    }

    private static Lens about(Lens lens, Random random) {
        double factor = about(SCALE_ERROR, random);
        return new Lens(
                lens.fieldsOfView().stream()
                        .map(field -> new FieldOfView(field.zoom(), field.hfovDegrees() * factor))
                        .toList(),
                lens.aspect());
    }

    /// The documents' rule.
    public RunScore rule() {
        return run(new RulePursuit(personality.capabilities().maxSpeed(), commandRate()));
    }

    private double commandRate() {
        double most = personality.commands().maxPerSecond();
        return most > 0 ? Math.min(most, COMMANDS_PER_SECOND) : COMMANDS_PER_SECOND;
    }

    /// Any controller.
    public RunScore run(Pursuit pursuit) {
        var mechanics = new PtzMechanics(personality, scenario.start(), new Random(7919 * seed + 11));
        var detections = new Detections(scenario, personality.lens(), new Random(104729 * seed + 3));
        var scoring = new Scoring(scenario, personality.lens());
        var arrivals = new ArrayDeque<Arrival>();
        var steps = new ArrayDeque<>(scenario.steps());
        steps.removeFirst();
        long start = 1_000_000_000_000L;
        long nextFrame = 0;
        long end = Math.round(scenario.seconds() * 1e9);
        for (long elapsed = 0; elapsed < end; elapsed += TICK_NANOS) {
            double seconds = elapsed / 1e9;
            long now = start + elapsed;
            if (!steps.isEmpty() && seconds >= steps.getFirst()) {
                steps.removeFirst();
                arrivals.clear();
                pursuit.retarget();
            }
            if (elapsed >= nextFrame) {
                nextFrame += detections.framePeriodNanos();
                long arrives = Math.max(
                        now + detections.latencyNanos(),
                        arrivals.isEmpty() ? 0 : arrivals.getLast().nanos());
                detections
                        .of(now, seconds, mechanics.position())
                        .ifPresent(seen -> arrivals.addLast(new Arrival(arrives, seen)));
            }
            while (!arrivals.isEmpty() && arrivals.getFirst().nanos() <= now) {
                pursuit.observe(arrivals.removeFirst().observation());
            }
            if (personality.reportsPosition() && elapsed % REPORT_NANOS == 0) {
                pursuit.report(now - REPORT_AGE_NANOS, mechanics.reportedPosition());
            }
            if (elapsed % LOOP_NANOS == 0) {
                Optional<PtzVelocity> command = pursuit.step(now);
                command.ifPresent(velocity -> mechanics.moveAt(velocity, pursuit.commandLifetime()));
                command.ifPresent(_ -> scoring.command());
            }
            if (elapsed % Math.round(Scoring.SAMPLE_SECONDS * 1e9) == 0) {
                scoring.sample(seconds, mechanics.position());
            }
            mechanics.advance(TICK_NANOS);
        }
        return scoring.score();
    }
}
