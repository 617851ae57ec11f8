package dev.aerie.ptz.scenario;

import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.control.FollowConfig;
import dev.aerie.ptz.control.FollowController;
import dev.aerie.ptz.control.FollowEvents;
import dev.aerie.ptz.control.TargetObservation;
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

    private final TargetScenario scenario;
    private final Personality personality;
    private final long seed;

    public FollowRun(TargetScenario scenario, Personality personality, long seed) {
        this.scenario = scenario;
        this.personality = personality;
        this.seed = seed;
    }

    private record Arrival(long nanos, TargetObservation observation) {}

    /// Our controller.
    public RunScore ours(FollowConfig config, Knowledge known) {
        var controller = new FollowController(
                known.lens(),
                personality.capabilities(),
                known.dynamics(),
                config,
                new FollowEvents(personality.name()));
        return run(new ControllerPursuit(controller, scenario.framing()));
    }

    /// The documents' rule, with 100 percent being the camera's full speed.
    public RunScore rule() {
        return run(new RulePursuit(personality.capabilities().maxSpeed(), Knowledge.commandRate(personality)));
    }

    /// The same rule with 100 percent being a given speed, or the camera's own where that is less.
    public RunScore ruleUpTo(double degreesPerSecond) {
        PtzVelocity max = personality.capabilities().maxSpeed();
        var slower = new PtzVelocity(
                Math.min(degreesPerSecond, max.panDegreesPerSecond()),
                Math.min(degreesPerSecond, max.tiltDegreesPerSecond()),
                max.zoomRatePerSecond());
        return run(new RulePursuit(slower, Knowledge.commandRate(personality)));
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
