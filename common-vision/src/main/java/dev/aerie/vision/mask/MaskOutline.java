package dev.aerie.vision.mask;

import dev.aerie.messages.Point;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/// The outline of an object: through the centres of the outermost pixels of its largest component.
public final class MaskOutline {

    /// Maximum deviation of the line from the pixels, as a fraction of its length.
    private static final double TOLERANCE_SHARE = 0.003;
    private static final double MIN_TOLERANCE_PIXELS = 0.8;
    private static final int MIN_CORNERS = 3;
    private static final double PIXEL_MIDDLE = 0.5;

    private MaskOutline() {}

    /// The corners in order, at least three; empty for an object too thin for an area. Holes are ignored.
    public static Optional<List<Point>> polygon(BinaryMask mask) {
        if (mask.isEmpty()) {
            return Optional.empty();
        }
        try (var pixels = mask.regionMat();
                var pieces = new MatVector()) {
            opencv_imgproc.findContours(
                    pixels, pieces, opencv_imgproc.RETR_EXTERNAL, opencv_imgproc.CHAIN_APPROX_SIMPLE);
            return corners(largest(pieces), mask.box().leftPixels(), mask.box().topPixels());
        }
    }

    private static Mat largest(MatVector pieces) {
        Mat largest = pieces.get(0);
        for (long i = 1; i < pieces.size(); i++) {
            Mat piece = pieces.get(i);
            if (opencv_imgproc.contourArea(piece) > opencv_imgproc.contourArea(largest)) {
                largest = piece;
            }
        }
        return largest;
    }

    private static Optional<List<Point>> corners(Mat line, double left, double top) {
        double length = opencv_imgproc.arcLength(line, true);
        try (var simple = new Mat()) {
            opencv_imgproc.approxPolyDP(line, simple, Math.max(MIN_TOLERANCE_PIXELS, TOLERANCE_SHARE * length), true);
            if (simple.rows() < MIN_CORNERS) {
                return Optional.empty();
            }
            IntBuffer places = simple.createBuffer();
            var corners = new ArrayList<Point>(simple.rows());
            while (places.hasRemaining()) {
                corners.add(new Point(left + places.get() + PIXEL_MIDDLE, top + places.get() + PIXEL_MIDDLE));
            }
            return Optional.of(corners);
        }
    }
}
