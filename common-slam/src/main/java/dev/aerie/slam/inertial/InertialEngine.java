package dev.aerie.slam.inertial;

import dev.aerie.geometry.Rotation;
import dev.aerie.slam.engine.ExpectedPose;
import dev.aerie.slam.engine.GreyFrame;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.engine.TrackedFrame;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.imu.InertialStart;
import dev.aerie.slam.map.BodyMotion;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// An engine in whose map an inertial sensor's readings can take part.
public interface InertialEngine extends SlamEngine {

    /// As [SlamEngine#track], of a frame whose pose is roughly known even if it shows nothing: a camera that is lost is
    /// looked for there first, and in the submaps that are named it is not found elsewhere.
    ///
    /// - `expected`: at most one for each submap; asked, before this returns, if the frame is not tracked
    TrackedFrame track(GreyFrame frame, Optional<Rotation> lastFromThis, Supplier<List<ExpectedPose>> expected);

    /// From now on, or from soon on, keyframes of a submap are adjusted to the readings too, if both agree.
    void startInertial(InertialStart start);

    /// Readings take no part in a submap any more.
    void endInertial(int submap);

    /// What brings a submap to metres with Z up, if readings take part in it. For any thread.
    Optional<Sim3> metricFromMap(int submap);

    /// How the body moved, and what the sensor's errors were, at the newest keyframe of a submap for which the readings
    /// have told. For any thread.
    Optional<BodyMotion> newestMotion(int submap);
}
