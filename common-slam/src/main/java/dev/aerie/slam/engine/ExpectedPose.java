package dev.aerie.slam.engine;

import dev.aerie.geometry.RigidTransform;

/// Where something other than the frame says that the camera is, for a frame that may have to be found again.
///
/// - `submap`: in whose axes and unit it is
/// - `radius`: how far the camera can be from it, in the map's unit; `radians`: how far it can be turned
public record ExpectedPose(int submap, RigidTransform worldFromCamera, double radius, double radians) {

    /// Whether a camera can be there.
    public boolean allows(RigidTransform found) {
        return worldFromCamera.translation().distanceTo(found.translation()) <= radius
                && worldFromCamera.rotation().angleTo(found.rotation()) <= radians;
    }
}
