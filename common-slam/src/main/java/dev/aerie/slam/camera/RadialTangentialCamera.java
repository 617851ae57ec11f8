package dev.aerie.slam.camera;

import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.Pixel;
import java.util.Optional;

/// A pinhole whose frame is bent radially and tangentially, as OpenCV's `calibrateCamera` finds it.
///
/// - `ideal`: the same camera without its distortion
/// - `k1`, `k2`, `k3` radial, `p1`, `p2` tangential; without unit
///
/// Source: Brown 1966, "Decentering Distortion of Lenses".
public record RadialTangentialCamera(PinholeCamera ideal, double k1, double k2, double p1, double p2, double k3)
        implements CameraModel {

    private static final int MAX_STEPS = 30;
    private static final double PRECISION = 1e-12;
    private static final double WIDEST_SQUARED = 25;
    private static final double SEARCH_STEP = 0.01;

    public RadialTangentialCamera {
        if (!Double.isFinite(k1 + k2 + p1 + p2 + k3)) {
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
        double x = inCamera.x() / inCamera.z();
        double y = inCamera.y() / inCamera.z();
        if (inCamera.z() <= 0 || !(x * x + y * y < maxRadiusSquared())) {
            return Optional.empty();
        }
        return Optional.of(pixel(distortedX(x, y), distortedY(x, y)));
    }

    /// Newton's iteration; sideways (z = 0) for a pixel that no ray in front of the camera bends to.
    @Override
    public Vector3 rayOf(double xPixels, double yPixels) {
        var aim = ideal.rayOf(xPixels, yPixels);
        double x = aim.x();
        double y = aim.y();
        for (int step = 0; step < MAX_STEPS; step++) {
            double offX = distortedX(x, y) - aim.x();
            double offY = distortedY(x, y) - aim.y();
            if (offX * offX + offY * offY < PRECISION * PRECISION) {
                return x * x + y * y < maxRadiusSquared() ? new Vector3(x, y, 1) : sideways(aim);
            }
            double r2 = x * x + y * y;
            double radial = radial(r2);
            double slope = 2 * (k1 + r2 * (2 * k2 + 3 * r2 * k3));
            double xx = radial + x * x * slope + 2 * p1 * y + 6 * p2 * x;
            double xy = x * y * slope + 2 * p1 * x + 2 * p2 * y;
            double yy = radial + y * y * slope + 6 * p1 * y + 2 * p2 * x;
            double determinant = xx * yy - xy * xy;
            x -= (yy * offX - xy * offY) / determinant;
            y -= (xx * offY - xy * offX) / determinant;
        }
        return sideways(aim);
    }

    private static Vector3 sideways(Vector3 aim) {
        return new Vector3(aim.x(), aim.y(), 0);
    }

    private Pixel pixel(double x, double y) {
        return new Pixel(
                ideal.focalXPixels() * x + ideal.centreXPixels(), ideal.focalYPixels() * y + ideal.centreYPixels());
    }

    private double radial(double r2) {
        return 1 + r2 * (k1 + r2 * (k2 + r2 * k3));
    }

    private double distortedX(double x, double y) {
        double r2 = x * x + y * y;
        return x * radial(r2) + 2 * p1 * x * y + p2 * (r2 + 2 * x * x);
    }

    private double distortedY(double x, double y) {
        double r2 = x * x + y * y;
        return y * radial(r2) + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y;
    }

    /// Where the polynomial stops growing it says nothing about a lens any more; the square of that radius.
    private double maxRadiusSquared() {
        if (k1 >= 0 && k2 >= 0 && k3 >= 0) {
            return WIDEST_SQUARED;
        }
        double r2 = 0;
        while (r2 < WIDEST_SQUARED && 1 + r2 * (3 * k1 + r2 * (5 * k2 + r2 * 7 * k3)) > 0) {
            r2 += SEARCH_STEP;
        }
        return r2;
    }
}
