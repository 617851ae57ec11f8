package dev.aerie.slam.geometry;

/// A place in a frame; pixel (0, 0) has its **centre** at (0, 0), x to the right, y down, as in OpenCV.
public record Pixel(double x, double y) {

    public double distanceTo(Pixel other) {
        return Math.hypot(x - other.x, y - other.y);
    }
}
