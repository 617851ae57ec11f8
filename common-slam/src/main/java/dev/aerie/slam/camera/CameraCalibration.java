package dev.aerie.slam.camera;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.video.FrameSize;

/// A camera as it was calibrated, for frames of one size.
///
/// - `cameraFromBody`: camera axes from those of the vehicle's body and its inertial sensor (x forward, y left, z
///   up)
/// - `source`: the file, or how it was guessed, for people
/// - `estimated`: true where nobody measured it
public record CameraCalibration(CameraModel camera, RigidTransform cameraFromBody, String source, boolean estimated) {

    /// A camera in the body's origin that looks along its x axis.
    public static final RigidTransform LOOKING_FORWARD =
            new RigidTransform(new Rotation(0, -1, 0, 0, 0, -1, 1, 0, 0), Vector3.ZERO);

    /// Without distortion, the principal point in the middle, from the field of view across the frame.
    public static CameraCalibration ofFieldOfView(FrameSize size, double horizontalDegrees) {
        if (!(horizontalDegrees > 1 && horizontalDegrees < 150)) {
            throw new IllegalArgumentException("the field of view must be 1..150 degrees, was " + horizontalDegrees);
        }
        var camera = PinholeCamera.ofFieldOfView(size.widthPixels(), size.heightPixels(), horizontalDegrees);
        return new CameraCalibration(camera, LOOKING_FORWARD, "estimated from " + horizontalDegrees + "° across", true);
    }
}
