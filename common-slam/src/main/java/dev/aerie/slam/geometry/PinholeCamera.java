package dev.aerie.slam.geometry;

import dev.aerie.geometry.Vector3;
import java.util.Optional;

/// A camera without distortion; all in pixels.
public record PinholeCamera(
        int widthPixels,
        int heightPixels,
        double focalXPixels,
        double focalYPixels,
        double centreXPixels,
        double centreYPixels)
        implements CameraModel {

    /// Tangent of the largest angle off the axis that a pinhole's plane is used for.
    static final double WIDEST_TANGENT = 3.7;

    public PinholeCamera {
        if (widthPixels < 1 || heightPixels < 1) {
            throw new IllegalArgumentException("size must be > 0, was " + widthPixels + "x" + heightPixels);
        }
        if (!(focalXPixels > 0) || !(focalYPixels > 0)) {
            throw new IllegalArgumentException("focal lengths must be > 0, were " + focalXPixels + ", " + focalYPixels);
        }
    }

    /// Square pixels, the principal point in the middle.
    public static PinholeCamera ofFieldOfView(int widthPixels, int heightPixels, double horizontalDegrees) {
        double focal = widthPixels / 2.0 / StrictMath.tan(StrictMath.toRadians(horizontalDegrees) / 2);
        return new PinholeCamera(
                widthPixels, heightPixels, focal, focal, (widthPixels - 1) / 2.0, (heightPixels - 1) / 2.0);
    }

    @Override
    public PinholeCamera ideal() {
        return this;
    }

    @Override
    public Vector3 rayOf(double xPixels, double yPixels) {
        return new Vector3((xPixels - centreXPixels) / focalXPixels, (yPixels - centreYPixels) / focalYPixels, 1);
    }

    @Override
    public Optional<Pixel> project(Vector3 inCamera) {
        return inCamera.z() > 0 ? Optional.of(new Pixel(projectX(inCamera), projectY(inCamera))) : Optional.empty();
    }

    /// Column of a point in camera axes; meaningful for z > 0.
    public double projectX(Vector3 inCamera) {
        return focalXPixels * inCamera.x() / inCamera.z() + centreXPixels;
    }

    /// Row of a point in camera axes; meaningful for z > 0.
    public double projectY(Vector3 inCamera) {
        return focalYPixels * inCamera.y() / inCamera.z() + centreYPixels;
    }
}
