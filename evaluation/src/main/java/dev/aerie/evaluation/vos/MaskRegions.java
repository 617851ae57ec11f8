package dev.aerie.evaluation.vos;

import dev.aerie.messages.Box;
import dev.aerie.vision.mask.BinaryMask;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// The connected regions of masks.
final class MaskRegions {

    private MaskRegions() {}

    /// A connected region.
    ///
    /// - `box`: just round it, in pixels of the frame
    record Region(Box box, long areaPixels) {}

    /// Those of `mask`, in no order; pixels that touch at a corner are connected.
    static List<Region> of(BinaryMask mask) {
        if (mask.isEmpty()) {
            return List.of();
        }
        Box whole = mask.box();
        try (var pixels = mask.regionMat();
                var labels = new Mat();
                var statistics = new Mat();
                var centroids = new Mat()) {
            int count = opencv_imgproc.connectedComponentsWithStats(pixels, labels, statistics, centroids);
            IntBuffer rows = statistics.createBuffer();
            var regions = new ArrayList<Region>();
            for (int region = 1; region < count; region++) {
                var box = new Box(
                        whole.leftPixels() + statistic(rows, region, opencv_imgproc.CC_STAT_LEFT),
                        whole.topPixels() + statistic(rows, region, opencv_imgproc.CC_STAT_TOP),
                        statistic(rows, region, opencv_imgproc.CC_STAT_WIDTH),
                        statistic(rows, region, opencv_imgproc.CC_STAT_HEIGHT));
                regions.add(new Region(box, statistic(rows, region, opencv_imgproc.CC_STAT_AREA)));
            }
            return regions;
        }
    }

    private static int statistic(IntBuffer rows, int region, int which) {
        return rows.get(region * opencv_imgproc.CC_STAT_MAX + which);
    }
}
