package dev.aerie.ptz.simulated;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.simulated.Reporting.Availability;
import java.util.ArrayDeque;

/// The positions of the recent past, of which a camera reports one. Used by one thread.
final class PositionHistory {

    private static final long SAMPLE_NANOS = 10_000_000;

    private final Reporting reporting;
    private final long delayNanos;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private PtzPosition reported;

    private record Sample(long nanos, PtzPosition position) {}

    PositionHistory(Reporting reporting, PtzPosition start) {
        this.reporting = reporting;
        delayNanos = Math.round(reporting.delaySeconds() * 1e9);
        reported = start;
    }

    void add(long nanos, PtzPosition position, boolean atRest) {
        boolean told = reporting.position() == Availability.ALWAYS
                || (reporting.position() == Availability.WHEN_STILL && atRest);
        boolean soon = !samples.isEmpty() && nanos - samples.getLast().nanos() < SAMPLE_NANOS && !atRest;
        if (!told || soon) {
            return;
        }
        samples.addLast(new Sample(nanos, position));
        takeUntil(nanos);
    }

    PtzPosition reported(long nowNanos) {
        if (reporting.position() == Availability.NEVER) {
            return PtzPosition.HOME;
        }
        takeUntil(nowNanos);
        return new PtzPosition(
                inSteps(reported.panDegrees()),
                inSteps(reported.tiltDegrees()),
                Math.max(1, Math.rint(reported.zoom() * 100) / 100));
    }

    private void takeUntil(long nowNanos) {
        while (!samples.isEmpty() && samples.getFirst().nanos() <= nowNanos - delayNanos) {
            reported = samples.removeFirst().position();
        }
    }

    private double inSteps(double degrees) {
        return reporting.stepDegrees() > 0
                ? Math.rint(degrees / reporting.stepDegrees()) * reporting.stepDegrees()
                : degrees;
    }
}
