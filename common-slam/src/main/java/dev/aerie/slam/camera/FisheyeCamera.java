package dev.aerie.slam.camera;

import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.Pixel;
import java.util.Optional;

/// A wide lens: distance from the centre grows with the angle off the axis, as OpenCV's `fisheye` has it.
///
/// - `ideal`: a pinhole of the same focal lengths and centre; it sees no more than about 75° off the axis
/// - `k1` … `k4`: θ ↦ θ (1 + k1 θ² + k2 θ⁴ + k3 θ⁶ + k4 θ⁸)
///
/// Source: Kannala and Brandt 2006, "A Generic Camera Model and Calibration Method".
public record FisheyeCamera(PinholeCamera ideal, double k1, double k2, double k3, double k4) implements CameraModel {

    private static final int MAX_STEPS = 30;
    private static final double PRECISION = 1e-13;
    private static final double SEARCH_RADIANS = 0.01;

    public FisheyeCamera {
        if (!Double.isFinite(k1 + k2 + k3 + k4)) {
            throw new IllegalArgumentException("distortion must be finite numbers");
        }
    }

    @Override
    public int widthPixels() {
        return ideal.widthPixels();
    }

    @Override
    public int heightPixels() {
        return ideal.heightPixels();
    }

    @Override
    public Optional<Pixel> project(Vector3 inCamera) {
        double across = Math.hypot(inCamera.x(), inCamera.y());
        double angle = Math.atan2(across, inCamera.z());
        if (!(angle < maxRadians())) {
            return Optional.empty();
        }
        double factor = across > 0 ? distorted(angle) / across : 0;
        return Optional.of(new Pixel(
                ideal.focalXPixels() * inCamera.x() * factor + ideal.centreXPixels(),
                ideal.focalYPixels() * inCamera.y() * factor + ideal.centreYPixels()));
    }

    /// Newton's iteration; sideways (z = 0) for a pixel outside the frame of the lens.
    @Override
    public Vector3 rayOf(double xPixels, double yPixels) {
        var aim = ideal.rayOf(xPixels, yPixels);
        double across = Math.hypot(aim.x(), aim.y());
        if (across < PRECISION) {
            return new Vector3(0, 0, 1);
        }
        double angle = Math.min(across, Math.PI / 2);
        for (int step = 0; step < MAX_STEPS; step++) {
            double off = distorted(angle) - across;
            if (Math.abs(off) < PRECISION) {
                break;
            }
            angle -= off / slope(angle);
        }
        if (!(angle > 0 && angle < maxRadians()) || Math.abs(distorted(angle) - across) > 1e-9) {
            return new Vector3(aim.x(), aim.y(), 0);
        }
        double sine = Math.sin(angle) / across;
        return new Vector3(aim.x() * sine, aim.y() * sine, Math.cos(angle));
    }

    private double distorted(double angle) {
        double a2 = angle * angle;
        return angle * (1 + a2 * (k1 + a2 * (k2 + a2 * (k3 + a2 * k4))));
    }

    private double slope(double angle) {
        double a2 = angle * angle;
        return 1 + a2 * (3 * k1 + a2 * (5 * k2 + a2 * (7 * k3 + a2 * 9 * k4)));
    }

    /// Where the polynomial stops growing it says nothing about a lens any more.
    private double maxRadians() {
        double angle = 0;
        while (angle < Math.PI && slope(angle) > 0) {
            angle += SEARCH_RADIANS;
        }
        return angle;
    }
}
