package dev.aerie.ptz.scenario;

import dev.aerie.ptz.calibration.Calibration;
import dev.aerie.ptz.calibration.FlowVector;
import dev.aerie.ptz.calibration.ImageMotion;
import dev.aerie.ptz.calibration.SelfCalibration;
import dev.aerie.ptz.calibration.SelfCalibration.State;
import dev.aerie.ptz.camera.Direction;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.simulated.Personality;
import dev.aerie.ptz.simulated.PtzMechanics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A simulated camera that measures itself, in virtual time: 40 points of a background, of which one in ten moves by
/// itself and the others are found within 0.5 pixels of a frame 1920 pixels wide.
public final class CalibrationRun {

    private static final int WIDTH = 1920;
    private static final long TICK_NANOS = 5_000_000;
    private static final long LOOP_NANOS = 50_000_000;
    private static final long LIMIT_NANOS = 300_000_000_000L;
    private static final int POINTS = 40;
    private static final double NOISE_PIXELS = 0.5;
    private static final double MOVING_BY_THEMSELVES = 0.1;
    private static final double THEIR_PIXELS = 25;

    private final Personality personality;
    private final Random random;

    public CalibrationRun(Personality personality, long seed) {
        this.personality = personality;
        random = new Random(6151 * seed + 17);
    }

    private record Arrival(long nanos, ImageMotion motion) {}

    /// Empty where the procedure failed or took more than five minutes.
    public Optional<Calibration> run() {
        var start = new PtzPosition(random.nextDouble(-20, 20), random.nextDouble(-5, 5), 1);
        var mechanics = new PtzMechanics(personality, start, random);
        var calibration = new SelfCalibration(personality.capabilities(), WIDTH, 1);
        var arrivals = new ArrayDeque<Arrival>();
        long period = Math.round(1e9 / random.nextDouble(15, 30));
        long latency = Math.round(random.nextDouble(0.06, 0.12) * 1e9);
        long origin = 1_000_000_000_000L;
        long lastFrame = 0;
        PtzPosition last = mechanics.position();
        for (long elapsed = 0; elapsed < LIMIT_NANOS && isRunning(calibration); elapsed += TICK_NANOS) {
            long now = origin + elapsed;
            if (elapsed - lastFrame >= period) {
                PtzPosition here = mechanics.position();
                arrivals.addLast(
                        new Arrival(now + latency, new ImageMotion(origin + lastFrame, now, vectors(last, here))));
                lastFrame = elapsed;
                last = here;
            }
            while (!arrivals.isEmpty() && arrivals.getFirst().nanos() <= now) {
                calibration.observe(arrivals.removeFirst().motion());
            }
            if (elapsed % LOOP_NANOS == 0) {
                Optional<PtzVelocity> command = calibration.step(now);
                command.ifPresent(velocity -> mechanics.moveAt(velocity, SelfCalibration.COMMAND_LIFETIME));
            }
            mechanics.advance(TICK_NANOS);
        }
        return calibration.result();
    }

    private static boolean isRunning(SelfCalibration calibration) {
        return calibration.state() != State.DONE && calibration.state() != State.FAILED;
    }

    private List<FlowVector> vectors(PtzPosition from, PtzPosition to) {
        Lens lens = personality.lens();
        double half = WIDTH / 2.0;
        var vectors = new ArrayList<FlowVector>();
        for (int i = 0; i < POINTS; i++) {
            var point = new ImagePoint(random.nextDouble(-1, 1), random.nextDouble(-1, 1));
            Direction shown = lens.directionOf(point, from);
            double x = point.x() * half;
            double y = -point.y() * half / lens.aspect();
            boolean alone = random.nextDouble() < MOVING_BY_THEMSELVES;
            double noise = alone ? THEIR_PIXELS : NOISE_PIXELS;
            double alongX = noise * random.nextGaussian();
            double alongY = noise * random.nextGaussian();
            lens.pointOf(shown, to)
                    .filter(ImagePoint::isInFrame)
                    .ifPresent(moved -> vectors.add(new FlowVector(
                            x, y, moved.x() * half - x + alongX, -moved.y() * half / lens.aspect() - y + alongY)));
        }
        return vectors;
    }
}
