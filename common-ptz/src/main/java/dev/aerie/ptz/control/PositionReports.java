package dev.aerie.ptz.control;

import dev.aerie.ptz.camera.PtzPosition;

/// Corrects the model of a camera by the positions that it reports, as far as they can be believed: one that stays the
/// same while the camera must be moving is left out. Used by one thread.
final class PositionReports {

    /// Share of a difference that one report corrects.
    private static final double GAIN = 0.15;

    /// A camera that stands elsewhere by more than this was moved by someone else.
    private static final double MOVED_DEGREES = 3;

    private static final double CHANGED_DEGREES = 0.05;
    /// A camera that tells its position in motion changes it each time; one that tells it at rest does so once.
    private static final int LIVE_CHANGES = 2;

    private static final long STILL_NANOS = 1_000_000_000;

    private final CameraMotionModel model;
    private final TargetFilter target;
    private PtzPosition last = PtzPosition.HOME;
    private int changes;
    private boolean any;

    PositionReports(CameraMotionModel model, TargetFilter target) {
        this.model = model;
        this.target = target;
    }

    /// - `nanos`: when the camera was there; the model has to reach that time
    void report(long nanos, PtzPosition reported) {
        PtzPosition expected = model.positionAt(nanos);
        double pan = reported.panDegrees() - expected.panDegrees();
        double tilt = reported.tiltDegrees() - expected.tiltDegrees();
        boolean changed =
                Math.hypot(reported.panDegrees() - last.panDegrees(), reported.tiltDegrees() - last.tiltDegrees())
                        > CHANGED_DEGREES;
        changes = changed ? changes + 1 : 0;
        last = reported;
        if (!any) {
            any = true;
            model.correct(pan, tilt);
            model.correctZoom(reported.zoom() / expected.zoom());
            model.becomeAbsolute();
            target.turn(pan, tilt);
            return;
        }
        boolean still = isStill(nanos);
        if (changes < LIVE_CHANGES && !still) {
            return;
        }
        double gain = still && Math.hypot(pan, tilt) > MOVED_DEGREES ? 1 : GAIN;
        model.correct(gain * pan, gain * tilt);
        model.correctZoom(Math.pow(reported.zoom() / expected.zoom(), gain));
    }

    private boolean isStill(long nanos) {
        PtzPosition now = model.positionAt(nanos);
        PtzPosition before = model.positionAt(nanos - STILL_NANOS);
        return Math.hypot(now.panDegrees() - before.panDegrees(), now.tiltDegrees() - before.tiltDegrees())
                < CHANGED_DEGREES;
    }
}
