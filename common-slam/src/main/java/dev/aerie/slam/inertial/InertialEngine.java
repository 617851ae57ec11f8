package dev.aerie.slam.inertial;

import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.imu.InertialStart;
import java.util.Optional;

/// An engine in whose map an inertial sensor's readings can take part.
public interface InertialEngine extends SlamEngine {

    /// From now on, or from soon on, keyframes of a submap are adjusted to the readings too, if both agree.
    void startInertial(InertialStart start);

    /// Readings take no part in a submap any more.
    void endInertial(int submap);

    /// What brings a submap to metres with Z up, if readings take part in it. For any thread.
    Optional<Sim3> metricFromMap(int submap);
}
