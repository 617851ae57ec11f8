package dev.aerie.ptz.scenario;

import dev.aerie.ptz.camera.Direction;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.scenario.TargetPath.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Collects a [RunScore], sample by sample. Used by one thread.
final class Scoring {

    static final double SAMPLE_SECONDS = 0.02;
    private static final double SETTLED_SECONDS = 3;
    private static final double HELD = 0.5;
    private static final double ACQUIRED = 0.25;
    private static final double ACQUIRED_SECONDS = 0.5;
    private static final double LOST_SECONDS = 0.2;
    private static final double DEAD_ZONE = 0.1;
    private static final int SAMPLES_PER_ERROR = 5;

    private final TargetScenario scenario;
    private final Lens lens;
    private final List<Double> errors = new ArrayList<>();
    private final List<Double> zoomErrors = new ArrayList<>();
    private int samples;
    private int settled;
    private int held;
    private int inFrame;
    private double squares;
    private double acquire;
    private double insideSince = Double.NaN;
    private boolean acquired;
    private double stepFrom;
    private double overshoot;
    private double outSince = Double.NaN;
    private boolean lost;
    private int losses;
    private int recoveries;
    private int side;
    private int reversals;
    private int commands;

    Scoring(TargetScenario scenario, Lens lens) {
        this.scenario = scenario;
        this.lens = lens;
    }

    void command() {
        commands++;
    }

    void sample(double seconds, PtzPosition camera) {
        Target target = scenario.path().at(seconds);
        Optional<ImagePoint> place = Detections.place(target, camera, lens);
        double across = target.panDegrees() - camera.panDegrees();
        double since = seconds
                - scenario.steps().stream()
                        .mapToDouble(Double::doubleValue)
                        .filter(step -> step <= seconds)
                        .max()
                        .orElse(0);
        if (samples++ % SAMPLES_PER_ERROR == 0) {
            errors.add(across);
        }
        if (since < SAMPLE_SECONDS) {
            begin(across);
        }
        double away =
                place.map(at -> Math.max(Math.abs(at.x()), Math.abs(at.y()))).orElse(9.0);
        acquire(since, away);
        watch(seconds, away <= 1);
        if (scenario.steps().size() > 1) {
            overshoot = Math.max(overshoot, -across * Math.signum(stepFrom) / Math.abs(stepFrom));
        }
        if (since >= SETTLED_SECONDS) {
            settle(target, camera, away, place.map(ImagePoint::x).orElse(0.0));
        }
    }

    private void begin(double across) {
        stepFrom = across;
        acquired = false;
        insideSince = Double.NaN;
        side = 0;
    }

    private void acquire(double since, double away) {
        if (acquired) {
            return;
        }
        if (away > ACQUIRED) {
            insideSince = Double.NaN;
            return;
        }
        insideSince = Double.isNaN(insideSince) ? since : insideSince;
        if (since - insideSince >= ACQUIRED_SECONDS) {
            acquired = true;
            acquire = Math.max(acquire, insideSince);
        }
    }

    private void watch(double seconds, boolean inside) {
        if (inside) {
            recoveries += lost ? 1 : 0;
            lost = false;
            outSince = Double.NaN;
            return;
        }
        outSince = Double.isNaN(outSince) ? seconds : outSince;
        if (!lost && seconds - outSince >= LOST_SECONDS) {
            lost = true;
            losses++;
        }
    }

    private void settle(Target target, PtzPosition camera, double away, double x) {
        settled++;
        held += away <= HELD ? 1 : 0;
        inFrame += away <= 1 ? 1 : 0;
        double angle = new Direction(target.panDegrees(), target.tiltDegrees()).angleTo(Direction.of(camera));
        squares += angle * angle;
        int now = Math.abs(x) <= DEAD_ZONE ? side : x > 0 ? 1 : -1;
        reversals += now * side < 0 ? 1 : 0;
        side = now;
        if (scenario.framing().zooms()) {
            double share = Math.tan(Math.toRadians(target.heightDegrees()) / 2) / lens.halfHeightTangent(camera.zoom());
            zoomErrors.add(Math.abs(100 * (share / scenario.framing().share() - 1)));
        }
    }

    RunScore score() {
        Collections.sort(zoomErrors);
        return new RunScore(
                100.0 * held / settled,
                100.0 * inFrame / settled,
                Math.sqrt(squares / settled),
                acquired ? acquire : scenario.seconds(),
                100 * overshoot,
                commands / scenario.seconds(),
                losses,
                recoveries,
                reversals,
                zoomErrors.isEmpty() ? Double.NaN : zoomErrors.get(zoomErrors.size() / 2),
                errors);
    }
}
