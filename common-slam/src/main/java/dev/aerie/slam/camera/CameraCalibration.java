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
/// - `readoutSeconds`: of a rolling shutter, from the first row to the last; 0 where all rows are of one moment
/// - `source`: the file, or how it was guessed, for people
/// - `estimated`: true where nobody measured it
public record CameraCalibration(
        CameraModel camera, RigidTransform cameraFromBody, double readoutSeconds, String source, boolean estimated) {

    /// A longer readout than any camera's.
    static final double MAX_READOUT_SECONDS = 0.2;

    /// A camera in the body's origin that looks along its x axis.
    public static final RigidTransform LOOKING_FORWARD =
            new RigidTransform(new Rotation(0, -1, 0, 0, 0, -1, 1, 0, 0), Vector3.ZERO);

    public CameraCalibration {
        if (!(readoutSeconds >= 0 && readoutSeconds <= MAX_READOUT_SECONDS)) {
            throw new IllegalArgumentException("the readout must be 0..0.2 s, was " + readoutSeconds);
        }
    }

    /// Without distortion, the principal point in the middle, from the field of view across the frame.
    public static CameraCalibration ofFieldOfView(FrameSize size, double horizontalDegrees) {
        if (!(horizontalDegrees > 1 && horizontalDegrees < 150)) {
            throw new IllegalArgumentException("the field of view must be 1..150 degrees, was " + horizontalDegrees);
        }
        var camera = PinholeCamera.ofFieldOfView(size.widthPixels(), size.heightPixels(), horizontalDegrees);
        return new CameraCalibration(
                camera, LOOKING_FORWARD, 0, "estimated from " + horizontalDegrees + "° across", true);
    }
}
