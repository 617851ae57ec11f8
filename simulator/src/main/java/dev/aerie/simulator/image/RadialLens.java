package dev.aerie.simulator.image;

import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.video.FrameSize;

/// A lens that bends straight lines: makes of a larger pinhole's frame what a camera with radial distortion sees.
///
/// A ray at the distance r from the axis (at depth 1) is seen at r (1 + k1 r² + k2 r⁴), as OpenCV counts it. Pixels are
/// interpolated between four.
public final class RadialLens {

    private static final int STEPS = 20;
    private static final int MARGIN_PIXELS = 2;

    private final CameraIntrinsics pinhole;
    private final double k1;
    private final double k2;
    private final float[] columns;
    private final float[] rows;

    /// - `bent`: the camera; its focal lengths and principal point, without the distortion
    ///
    /// Throws [IllegalArgumentException] where the distortion folds the frame's corners back, or needs a pinhole's
    /// frame of more than four times the width.
    public RadialLens(CameraIntrinsics bent, double k1, double k2) {
        this.k1 = k1;
        this.k2 = k2;
        int width = bent.size().widthPixels();
        int height = bent.size().heightPixels();
        columns = new float[width * height];
        rows = new float[width * height];
        double growth = 1;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double acrossX = (x - bent.centreXPixels()) / bent.focalXPixels();
                double acrossY = (y - bent.centreYPixels()) / bent.focalYPixels();
                double factor = straightened(Math.hypot(acrossX, acrossY));
                growth = Math.max(growth, factor);
                columns[y * width + x] = (float) (factor * (x - bent.centreXPixels()));
                rows[y * width + x] = (float) (factor * (y - bent.centreYPixels()));
            }
        }
        if (growth > 4) {
            throw new IllegalArgumentException("distortion " + k1 + ", " + k2 + " is too much for this frame");
        }
        pinhole = larger(bent, growth);
    }

    private static CameraIntrinsics larger(CameraIntrinsics bent, double growth) {
        int columns = (int) Math.ceil((growth - 1) * bent.size().widthPixels() / 2) + MARGIN_PIXELS;
        int rows = (int) Math.ceil((growth - 1) * bent.size().heightPixels() / 2) + MARGIN_PIXELS;
        var size = new FrameSize(
                bent.size().widthPixels() + 2 * columns, bent.size().heightPixels() + 2 * rows);
        return new CameraIntrinsics(
                size,
                bent.focalXPixels(),
                bent.focalYPixels(),
                bent.centreXPixels() + columns,
                bent.centreYPixels() + rows);
    }

    /// How much farther from the axis a ray is than where it is seen; Newton's iteration.
    private double straightened(double seen) {
        double r = seen;
        for (int step = 0; step < STEPS; step++) {
            double r2 = r * r;
            double slope = 1 + r2 * (3 * k1 + 5 * k2 * r2);
            if (!(slope > 0)) {
                throw new IllegalArgumentException("distortion " + k1 + ", " + k2 + " folds the frame's corners");
            }
            r -= (r * (1 + r2 * (k1 + k2 * r2)) - seen) / slope;
        }
        return seen > 0 ? r / seen : 1;
    }

    /// The camera that is to draw what [#bend] takes.
    public CameraIntrinsics pinhole() {
        return pinhole;
    }

    /// - `straight`: a frame of [#pinhole]
    /// - `result`: of the camera's size
    public void bend(RgbImage straight, RgbImage result) {
        int[] from = straight.pixels();
        int width = straight.widthPixels();
        int[] to = result.pixels();
        for (int i = 0; i < to.length; i++) {
            double x = columns[i] + pinhole.centreXPixels();
            double y = rows[i] + pinhole.centreYPixels();
            int left = (int) x;
            int top = (int) y;
            int at = top * width + left;
            to[i] = mixed(
                    mixed(from[at], from[at + 1], x - left),
                    mixed(from[at + width], from[at + width + 1], x - left),
                    y - top);
        }
    }

    private static int mixed(int first, int second, double share) {
        int weight = (int) (256 * share);
        int redBlue = (first & 0xFF00FF) * (256 - weight) + (second & 0xFF00FF) * weight;
        int green = (first & 0xFF00) * (256 - weight) + (second & 0xFF00) * weight;
        return ((redBlue >>> 8) & 0xFF00FF) | ((green >>> 8) & 0xFF00);
    }
}
