package dev.aerie.simulator.geometry;

import dev.aerie.geometry.Vector3;
import dev.aerie.video.FrameSize;

/// A pinhole camera without distortion, in pixels; pixel (0, 0) has its **centre** at (0, 0), as in OpenCV.
public record CameraIntrinsics(
        FrameSize size, double focalXPixels, double focalYPixels, double centreXPixels, double centreYPixels) {

    /// Square pixels, principal point in the middle, 71° across.
    public static CameraIntrinsics of(FrameSize size) {
        double focal = 0.7 * size.widthPixels();
        return new CameraIntrinsics(
                size, focal, focal, (size.widthPixels() - 1) / 2.0, (size.heightPixels() - 1) / 2.0);
    }

    /// Square pixels, principal point in the middle.
    ///
    /// - `halfWidthTangent`: tangent of half the horizontal field of view
    public static CameraIntrinsics ofHalfWidthTangent(FrameSize size, double halfWidthTangent) {
        double focal = size.widthPixels() / 2.0 / halfWidthTangent;
        return new CameraIntrinsics(
                size, focal, focal, (size.widthPixels() - 1) / 2.0, (size.heightPixels() - 1) / 2.0);
    }

    /// Column of a point given in camera axes; meaningful for z > 0.
    public double projectX(Vector3 inCamera) {
        return focalXPixels * inCamera.x() / inCamera.z() + centreXPixels;
    }

    /// Row of a point given in camera axes; meaningful for z > 0.
    public double projectY(Vector3 inCamera) {
        return focalYPixels * inCamera.y() / inCamera.z() + centreYPixels;
    }

    /// The point in camera axes that a pixel shows at a depth along the optical axis.
    public Vector3 unproject(double xPixels, double yPixels, double depthMetres) {
        return new Vector3(
                (xPixels - centreXPixels) / focalXPixels * depthMetres,
                (yPixels - centreYPixels) / focalYPixels * depthMetres,
                depthMetres);
    }
}
