package dev.aerie.vision.segment;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// Signed distance of each cell to a mask's edge in cells, negative outside.
final class SignedDistance {

    private SignedDistance() {}

    /// - `mask`: above 1/2 inside; where there is none, its highest cell counts as inside
    static Plane of(Plane mask) {
        try (var inside = mask.above(Math.min(0.5f, highest(mask) * 0.999f));
                var outside = new Mat();
                var within = new Mat();
                var beyond = new Mat()) {
            opencv_core.bitwise_not(inside, outside);
            opencv_imgproc.distanceTransform(inside, within, opencv_imgproc.DIST_L2, 3);
            opencv_imgproc.distanceTransform(outside, beyond, opencv_imgproc.DIST_L2, 3);
            opencv_core.subtract(within, beyond, within);
            return Plane.of(within);
        }
    }

    private static float highest(Plane plane) {
        float highest = 0;
        for (float value : plane.values()) {
            highest = Math.max(highest, value);
        }
        return highest;
    }
}
