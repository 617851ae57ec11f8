package dev.aerie.ptz.scenario;

import dev.aerie.ptz.camera.Direction;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.control.TargetObservation;
import dev.aerie.ptz.scenario.TargetPath.Target;
import java.util.Optional;
import java.util.Random;

/// What a detector and a tracker would say of a target: with noise, misses, mistakes and latency. Used by one thread.
final class Detections {

    /// Standard deviations, as shares of the box and of half the frame (2 pixels of 960), and of the size.
    private static final double BOX_JITTER = 0.04;

    private static final double FRAME_JITTER = 0.002;
    private static final double SIZE_JITTER = 0.06;
    private static final double MISSED = 0.05;
    private static final double FALSE = 0.01;
    private static final int REACQUIRED_AFTER_FRAMES = 4;

    private final TargetScenario scenario;
    private final Lens lens;
    private final Random random;
    private final double framesPerSecond;
    private final double latencySeconds;
    private int inView = REACQUIRED_AFTER_FRAMES;

    /// - `lens`: the camera's real one
    Detections(TargetScenario scenario, Lens lens, Random random) {
        this.scenario = scenario;
        this.lens = lens;
        this.random = random;
        framesPerSecond = random.nextDouble(15, 30);
        latencySeconds = random.nextDouble(0.06, 0.12);
    }

    long framePeriodNanos() {
        return Math.round(1e9 / framesPerSecond);
    }

    /// From capture to the observation.
    long latencyNanos() {
        return Math.round((latencySeconds + random.nextDouble(-0.015, 0.015)) * 1e9);
    }

    /// Where the target truly is in the frame; empty behind the camera.
    static Optional<ImagePoint> place(Target target, PtzPosition camera, Lens lens) {
        return lens.pointOf(new Direction(target.panDegrees(), target.tiltDegrees()), camera);
    }

    /// The observation of one frame, if there is one.
    Optional<TargetObservation> of(long captureNanos, double seconds, PtzPosition camera) {
        Target target = scenario.path().at(seconds);
        Optional<ImagePoint> place = place(target, camera, lens).filter(ImagePoint::isInFrame);
        inView = place.isPresent() ? inView + 1 : 0;
        if (random.nextDouble() < FALSE) {
            return Optional.of(observation(captureNanos, new ImagePoint(uniform(), uniform()), target, camera.zoom()));
        }
        if (random.nextDouble() < MISSED) {
            return Optional.empty();
        }
        if (scenario.distraction().isPresent()) {
            double since = scenario.distraction().get().since(seconds);
            double hidden = scenario.distraction().get().hiddenSeconds();
            double mistaken = scenario.distraction().get().mistakenSeconds();
            if (since >= 0 && since < hidden) {
                return Optional.empty();
            }
            if (since >= 0 && since < hidden + mistaken) {
                return distracted(captureNanos, target, since, camera);
            }
        }
        return inView < REACQUIRED_AFTER_FRAMES
                ? Optional.empty()
                : place.map(at -> observation(captureNanos, at, flickering(target), camera.zoom()));
    }

    private double uniform() {
        return random.nextDouble(-1, 1);
    }

    private Optional<TargetObservation> distracted(long captureNanos, Target target, double since, PtzPosition camera) {
        double speed = scenario.distraction().orElseThrow().panDegreesPerSecond();
        var other = new Target(
                target.panDegrees() + speed * since,
                target.tiltDegrees(),
                target.widthDegrees(),
                target.heightDegrees());
        return place(other, camera, lens)
                .filter(ImagePoint::isInFrame)
                .map(at -> observation(captureNanos, at, other, camera.zoom()));
    }

    /// A group of which one at the edge is missed.
    private Target flickering(Target target) {
        if (random.nextDouble() >= scenario.flickers()) {
            return target;
        }
        double lost = target.widthDegrees() * random.nextDouble(0.1, 0.4);
        double side = random.nextBoolean() ? 0.5 : -0.5;
        return new Target(
                target.panDegrees() + side * lost,
                target.tiltDegrees(),
                target.widthDegrees() - lost,
                target.heightDegrees());
    }

    private TargetObservation observation(long captureNanos, ImagePoint place, Target target, double zoom) {
        double width = share(target.widthDegrees(), lens.halfWidthTangent(zoom));
        double height = share(target.heightDegrees(), lens.halfHeightTangent(zoom));
        double grown = Math.exp(SIZE_JITTER * random.nextGaussian());
        return new TargetObservation(
                captureNanos,
                place.x() + jitter(width),
                place.y() + jitter(height),
                Math.min(1, width * grown),
                Math.min(1, height * grown));
    }

    private double jitter(double share) {
        return 2 * BOX_JITTER * share * random.nextGaussian() + FRAME_JITTER * random.nextGaussian();
    }

    private static double share(double degrees, double halfTangent) {
        return Math.tan(Math.toRadians(degrees) / 2) / halfTangent;
    }
}
