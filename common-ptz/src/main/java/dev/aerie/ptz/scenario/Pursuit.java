package dev.aerie.ptz.scenario;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.control.TargetObservation;
import java.time.Duration;
import java.util.Optional;

/// A controller under test.
public interface Pursuit {

    /// Another target was chosen: what was known of the former is void.
    void retarget();

    void observe(TargetObservation observation);

    /// - `nanos`: when the camera was there, by the caller's guess
    void report(long nanos, PtzPosition position);

    /// What to send now, if anything.
    Optional<PtzVelocity> step(long nowNanos);

    /// For how long a command moves the camera.
    Duration commandLifetime();
}
