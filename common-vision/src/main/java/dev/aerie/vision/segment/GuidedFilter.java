package dev.aerie.vision.segment;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// Smooths planes along the edges of one grey image. Source: He, Sun and Tang, "Guided Image Filtering", 2010.
///
/// Owns native memory; used by one thread.
final class GuidedFilter implements AutoCloseable {

    private final Size square;
    private final double smallestVariance;
    private final Mat guide = new Mat();
    private final Mat guideMean = new Mat();
    private final Mat guideVariance = new Mat();
    private final Mat product = new Mat();
    private final Mat mean = new Mat();
    private final Mat slope = new Mat();

    /// - `radiusCells`: half the side of the squares in which the frame explains the plane
    /// - `smallestVariance`: of grey levels 0..1 below which there is no edge
    GuidedFilter(int radiusCells, double smallestVariance) {
        this.square = new Size(2 * radiusCells + 1, 2 * radiusCells + 1);
        this.smallestVariance = smallestVariance;
    }

    /// Sets the guide image: 8-bit grey, lent for the call.
    void guideBy(Mat grey) {
        grey.convertTo(guide, opencv_core.CV_32F, 1 / 255.0, 0);
        opencv_imgproc.blur(guide, guideMean, square);
        opencv_core.multiply(guide, guide, product);
        opencv_imgproc.blur(product, guideVariance, square);
        opencv_core.multiply(guideMean, guideMean, product);
        opencv_core.subtract(guideVariance, product, guideVariance);
        guideVariance.convertTo(guideVariance, -1, 1, smallestVariance);
    }

    Plane smooth(Plane plane) {
        try (var input = plane.toMat()) {
            opencv_imgproc.blur(input, mean, square);
            opencv_core.multiply(guide, input, product);
            opencv_imgproc.blur(product, slope, square);
            opencv_core.multiply(guideMean, mean, product);
            opencv_core.subtract(slope, product, slope);
            opencv_core.divide(slope, guideVariance, slope);
            opencv_core.multiply(slope, guideMean, product);
            opencv_core.subtract(mean, product, mean);
            opencv_imgproc.blur(slope, slope, square);
            opencv_imgproc.blur(mean, mean, square);
            opencv_core.multiply(slope, guide, product);
            opencv_core.add(product, mean, mean);
            return Plane.of(mean);
        }
    }

    @Override
    public void close() {
        for (var mat : new Mat[] {guide, guideMean, guideVariance, product, mean, slope}) {
            mat.close();
        }
        square.close();
    }
}
