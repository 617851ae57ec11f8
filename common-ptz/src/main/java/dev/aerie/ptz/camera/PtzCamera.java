package dev.aerie.ptz.camera;

import java.time.Duration;
import java.util.List;

/// A camera that pans, tilts and zooms. Used by one thread; each call blocks until the camera has answered, at most for
/// the time-out that the driver was given.
///
/// A driver holds no state of its own about the motion: whoever commands a move also ends it, by [#stop], by another
/// move, or by letting its time run out.
public interface PtzCamera extends AutoCloseable {

    /// Asks the camera what it can do, the first time; afterwards the answer that was given then.
    PtzCapabilities capabilities() throws PtzException;

    /// Moves at a speed, for `duration` at most. A camera that has a time-out of its own is told it, so that it stops
    /// by itself when this program ends; see the driver for what it does about one that has not.
    ///
    /// - `velocity`: clamped to the camera's greatest speeds; [PtzVelocity#ZERO] stops
    void moveAt(PtzVelocity velocity, Duration duration) throws PtzException;

    /// Moves by angles, at full speed.
    ///
    /// - `panDegrees`: to the right; `tiltDegrees`: up
    /// - `zoomFactor`: 1 leaves the zoom, 2 doubles the magnification
    void moveBy(double panDegrees, double tiltDegrees, double zoomFactor) throws PtzException;

    /// Moves to a position, at full speed; clamped to the camera's ranges.
    void moveTo(PtzPosition position) throws PtzException;

    /// Stops every axis.
    void stop() throws PtzException;

    /// Where it points now, as it says.
    PtzPosition position() throws PtzException;

    /// The presets that it keeps.
    List<PtzPreset> presets() throws PtzException;

    void goToPreset(String id) throws PtzException;

    /// Keeps the present position; the preset as the camera names it.
    PtzPreset savePreset(String name) throws PtzException;

    void removePreset(String id) throws PtzException;

    /// Lets go of the connection; does not stop a motion.
    @Override
    void close();
}
