package dev.aerie.vision.motion;

import dev.aerie.messages.Box;
import java.util.List;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// The camera's motion from one frame to the next, as a homography of the static background.
///
/// - `currentFromPrevious`: 3 × 3, row-major, scaled so that the last element is 1; in pixels
public record CameraMotion(List<Double> currentFromPrevious) {

    /// No motion.
    public static final CameraMotion NONE = new CameraMotion(List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0));

    public CameraMotion {
        currentFromPrevious = List.copyOf(currentFromPrevious);
        if (currentFromPrevious.size() != 9) {
            throw new IllegalArgumentException("a homography has 9 elements, was given " + currentFromPrevious.size());
        }
        if (!currentFromPrevious.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("a homography is finite, was " + currentFromPrevious);
        }
    }

    /// A shift of the background right and down, in pixels.
    public static CameraMotion shift(double rightPixels, double downPixels) {
        return new CameraMotion(List.of(1.0, 0.0, rightPixels, 0.0, 1.0, downPixels, 0.0, 0.0, 1.0));
    }

    /// Column of a point in the current frame, in pixels.
    public double mapX(double x, double y) {
        return (h(0) * x + h(1) * y + h(2)) / depth(x, y);
    }

    /// Row of a point in the current frame, in pixels.
    public double mapY(double x, double y) {
        return (h(3) * x + h(4) * y + h(5)) / depth(x, y);
    }

    /// Scale of lengths at a point: the square root of the area's scale; 1 for a pure shift.
    public double growthAt(double x, double y) {
        double depth = depth(x, y);
        double determinant = h(0) * (h(4) * h(8) - h(5) * h(7))
                - h(1) * (h(3) * h(8) - h(5) * h(6))
                + h(2) * (h(3) * h(7) - h(4) * h(6));
        return Math.sqrt(Math.abs(determinant / (depth * depth * depth)));
    }

    /// A box of the background in the current frame: centre moved, sides scaled.
    public Box map(Box box) {
        double x = box.leftPixels() + box.widthPixels() / 2;
        double y = box.topPixels() + box.heightPixels() / 2;
        double growth = growthAt(x, y);
        double width = box.widthPixels() * growth;
        double height = box.heightPixels() * growth;
        return new Box(mapX(x, y) - width / 2, mapY(x, y) - height / 2, width, height);
    }

    /// Warps the previous frame to the current one; pixels outside the previous frame become 0.
    ///
    /// - `previous`, `current`: of the scale this motion is in; two matrices, lent
    public void warp(Mat previous, Mat current) {
        double[] elements =
                currentFromPrevious.stream().mapToDouble(Double::doubleValue).toArray();
        try (var row = new Mat(elements);
                var homography = row.reshape(1, 3);
                var size = previous.size()) {
            opencv_imgproc.warpPerspective(previous, current, homography, size);
        }
    }

    /// The same motion of frames that are `factor` times as wide and high.
    public CameraMotion ofFrameScaledBy(double factor) {
        return new CameraMotion(
                List.of(h(0), h(1), h(2) * factor, h(3), h(4), h(5) * factor, h(6) / factor, h(7) / factor, h(8)));
    }

    private double depth(double x, double y) {
        return h(6) * x + h(7) * y + h(8);
    }

    private double h(int index) {
        return currentFromPrevious.get(index);
    }
}
