package dev.aerie.ptz.web;

import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.command.CameraCommand;
import dev.aerie.ptz.fleet.SteeredCamera;
import java.util.Optional;

/// Reads a move for a camera.
final class MoveCommands {

    /// Of a camera that has not said yet how fast it is.
    private static final PtzVelocity ASSUMED_SPEED = new PtzVelocity(30, 20, 0.5);

    static final double DEFAULT_SECONDS = 1;

    private MoveCommands() {}

    /// Throws [dev.aerie.messages.InvalidFieldException].
    ///
    /// - `seconds`: that a speed lasts where the body does not say
    static CameraCommand of(Fields body, SteeredCamera camera, double seconds) {
        var position = Optional.ofNullable(camera.status().position()).orElse(PtzPosition.HOME);
        var full = camera.capabilities().map(PtzCapabilities::maxSpeed).orElse(ASSUMED_SPEED);
        return new MoveBody(body, seconds).command(System.nanoTime(), position, full);
    }
}
