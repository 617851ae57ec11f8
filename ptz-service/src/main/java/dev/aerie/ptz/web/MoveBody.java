package dev.aerie.ptz.web;

import dev.aerie.messages.InvalidFieldException;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.command.CameraCommand;
import java.util.List;

/// A move as a body names it, one of
///
/// ```
/// {"pan_deg": 5, "tilt_deg": -2, "zoom": 1.5}                 by angles; zoom multiplies the magnification
/// {"relative": {"pan_deg": 5, …}}                             the same
/// {"absolute": {"pan_deg": 90, "tilt_deg": -10, "zoom": 4}}   what is left out stays as it is
/// {"velocity": {"pan_deg_s": 10, "tilt_deg_s": 0, "zoom_s": 0}, "seconds": 0.5}
/// {"pan_speed": 50, "tilt_speed": -20, "zoom_speed": 0}       percent of the camera's full speed
/// ```
final class MoveBody {

    static final double MIN_SECONDS = 0.05;
    static final double MAX_SECONDS = 10;

    private static final double MAX_DEGREES = 3600;
    private static final double MAX_DEGREES_PER_SECOND = 1000;
    private static final double MAX_ZOOM = 1000;
    private static final double MAX_ZOOM_RATE = 20;
    private static final double PERCENT = 100;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String PAN = "pan_deg";
    private static final String TILT = "tilt_deg";
    private static final String ZOOM = "zoom";
    private static final List<String> SPEEDS = List.of("pan_speed", "tilt_speed", "zoom_speed");

    private final Fields fields;
    private final double defaultSeconds;

    /// - `defaultSeconds`: what a speed lasts where the body does not say
    MoveBody(Fields fields, double defaultSeconds) {
        this.fields = fields;
        this.defaultSeconds = defaultSeconds;
    }

    /// Whether the body names a move at all.
    boolean isMove() {
        return SPEEDS.stream().anyMatch(fields::has)
                || List.of("velocity", "relative", "absolute", PAN, TILT, ZOOM).stream()
                        .anyMatch(fields::has);
    }

    /// The command. Throws [InvalidFieldException].
    ///
    /// - `now`: of `System.nanoTime()`
    /// - `position`: where the camera is, for what an absolute move leaves out
    /// - `full`: its greatest speeds
    CameraCommand command(long now, PtzPosition position, PtzVelocity full) {
        if (fields.has("velocity")) {
            return new CameraCommand.Move(velocity(fields.object("velocity")), until(now));
        }
        if (SPEEDS.stream().anyMatch(fields::has)) {
            return new CameraCommand.Move(share(full), until(now));
        }
        if (fields.has("absolute")) {
            return new CameraCommand.MoveTo(absolute(fields.object("absolute"), position));
        }
        if (!isMove()) {
            throw new InvalidFieldException(
                    "body", "a move: pan_deg, tilt_deg and zoom, absolute, velocity, or pan_speed and tilt_speed");
        }
        return relative(fields.has("relative") ? fields.object("relative") : fields);
    }

    private static CameraCommand relative(Fields move) {
        return new CameraCommand.MoveBy(
                move.numberOr(PAN, -MAX_DEGREES, MAX_DEGREES, 0),
                move.numberOr(TILT, -MAX_DEGREES, MAX_DEGREES, 0),
                move.numberOr(ZOOM, 1 / MAX_ZOOM, MAX_ZOOM, 1));
    }

    private static PtzPosition absolute(Fields move, PtzPosition now) {
        return new PtzPosition(
                move.numberOr(PAN, -MAX_DEGREES, MAX_DEGREES, now.panDegrees()),
                move.numberOr(TILT, -MAX_DEGREES, MAX_DEGREES, now.tiltDegrees()),
                move.numberOr(ZOOM, 1, MAX_ZOOM, now.zoom()));
    }

    private static PtzVelocity velocity(Fields move) {
        return new PtzVelocity(
                move.numberOr("pan_deg_s", -MAX_DEGREES_PER_SECOND, MAX_DEGREES_PER_SECOND, 0),
                move.numberOr("tilt_deg_s", -MAX_DEGREES_PER_SECOND, MAX_DEGREES_PER_SECOND, 0),
                move.numberOr("zoom_s", -MAX_ZOOM_RATE, MAX_ZOOM_RATE, 0));
    }

    private PtzVelocity share(PtzVelocity full) {
        return new PtzVelocity(
                percent("pan_speed") * full.panDegreesPerSecond(),
                percent("tilt_speed") * full.tiltDegreesPerSecond(),
                percent("zoom_speed") * full.zoomRatePerSecond());
    }

    private double percent(String name) {
        return fields.numberOr(name, -PERCENT, PERCENT, 0) / PERCENT;
    }

    private long until(long now) {
        double seconds = fields.numberOr("seconds", MIN_SECONDS, MAX_SECONDS, defaultSeconds);
        return now + Math.round(seconds * NANOS_PER_SECOND);
    }
}
