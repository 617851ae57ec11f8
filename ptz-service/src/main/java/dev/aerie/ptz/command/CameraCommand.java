package dev.aerie.ptz.command;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;

/// What a camera is to do.
public sealed interface CameraCommand {

    /// Move at a speed, until `untilNanos` of `System.nanoTime()` at most.
    record Move(PtzVelocity velocity, long untilNanos) implements CameraCommand {}

    /// Move by angles, to the right and up; `zoomFactor` 1 leaves the zoom.
    record MoveBy(double panDegrees, double tiltDegrees, double zoomFactor) implements CameraCommand {

        public MoveBy {
            if (!Double.isFinite(panDegrees) || !Double.isFinite(tiltDegrees) || !(zoomFactor > 0)) {
                throw new IllegalArgumentException("expected finite angles and zoomFactor > 0, was " + panDegrees + ", "
                        + tiltDegrees + ", " + zoomFactor);
            }
        }

        /// Both moves as one.
        MoveBy then(MoveBy next) {
            return new MoveBy(
                    panDegrees + next.panDegrees, tiltDegrees + next.tiltDegrees, zoomFactor * next.zoomFactor);
        }
    }

    /// Move to a position.
    record MoveTo(PtzPosition position) implements CameraCommand {}

    /// Move to a preset, by the camera's id of it.
    record GoToPreset(String id) implements CameraCommand {}

    /// Stop every axis.
    record Stop(String cause) implements CameraCommand {}
}
