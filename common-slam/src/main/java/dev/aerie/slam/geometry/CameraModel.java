package dev.aerie.slam.geometry;

import dev.aerie.geometry.Vector3;
import java.util.Optional;

/// How a lens maps directions to pixels. Camera axes: x right, y down, z forward.
///
/// SLAM itself works on the plane of an ideal pinhole: keypoints are moved there once, when they are found.
public interface CameraModel {

    int widthPixels();

    int heightPixels();

    /// The pinhole, without distortion, on whose plane SLAM works.
    PinholeCamera ideal();

    /// The direction in which a pixel looks, in camera axes, of any length; z ≤ 0 where it looks sideways or
    /// back.
    Vector3 rayOf(double xPixels, double yPixels);

    /// Where a point in camera axes is seen; empty behind the camera and beyond what the lens model describes.
    Optional<Pixel> project(Vector3 inCamera);

    /// Where the [ideal][#ideal] pinhole would see what this lens shows at a pixel; empty for what it cannot
    /// see well: more than about 75° off the axis.
    default Optional<Pixel> toIdeal(double xPixels, double yPixels) {
        var ray = rayOf(xPixels, yPixels);
        double off = Math.hypot(ray.x(), ray.y());
        return ray.z() > 0 && off < PinholeCamera.WIDEST_TANGENT * ray.z() ? ideal().project(ray) : Optional.empty();
    }
}
