package dev.aerie.vision.moving;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.mask.MaskLogits;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// Regions of cells that probably move, by hysteresis: above `low`, with a cell above `high`, of `minCells` or more.
///
/// Used by one thread; owns native memory.
final class MovingRegions implements AutoCloseable {

    /// Logit of a cell of another region: that one's edge must not draw this one's.
    private static final float OUTSIDE = -0.5f;

    private final double low;
    private final double high;
    private final int minCells;
    private final Mat mask = new Mat(CellGrid.HEIGHT, CellGrid.WIDTH, opencv_core.CV_8UC1);
    private final Mat labels = new Mat();
    private final Mat statistics = new Mat();
    private final Mat centroids = new Mat();

    MovingRegions(double low, double high, int minCells) {
        this.low = low;
        this.high = high;
        this.minCells = minCells;
    }

    /// Their boxes in pixels of a frame of `size` and their masks, best first; the score is the mean probability.
    ///
    /// - `probability`: that a cell moves, row-major, lent
    List<Detection> find(FloatBuffer probability, FrameSize size) {
        ByteBuffer above = mask.createBuffer();
        for (int i = 0; i < CellGrid.CELLS; i++) {
            above.put(i, (byte) (probability.get(i) > low ? 1 : 0));
        }
        int count = opencv_imgproc.connectedComponentsWithStats(mask, labels, statistics, centroids);
        var most = new float[count];
        var sum = new double[count];
        IntBuffer label = labels.createBuffer();
        for (int i = 0; i < CellGrid.CELLS; i++) {
            int region = label.get(i);
            most[region] = Math.max(most[region], probability.get(i));
            sum[region] += probability.get(i);
        }
        IntBuffer rows = statistics.createBuffer();
        var found = new ArrayList<Detection>();
        for (int region = 1; region < count; region++) {
            int cells = statistic(rows, region, opencv_imgproc.CC_STAT_AREA);
            if (most[region] > high && cells >= minCells) {
                found.add(new Detection(
                        box(rows, region, size),
                        MotionDetector.LABEL,
                        Math.clamp(sum[region] / cells, 0, 1),
                        Optional.of(mask(label, region, probability))));
            }
        }
        found.sort(Comparator.comparingDouble(Detection::score).reversed());
        return found;
    }

    /// Of one region: a cell's probability less `low`, above 0 only in the region.
    private MaskLogits mask(IntBuffer label, int region, FloatBuffer probability) {
        var logits = new float[CellGrid.CELLS];
        for (int i = 0; i < logits.length; i++) {
            float above = (float) (probability.get(i) - low);
            logits[i] = label.get(i) == region || above <= 0 ? above : OUTSIDE;
        }
        return new MaskLogits(CellGrid.WIDTH, CellGrid.HEIGHT, logits);
    }

    private static Box box(IntBuffer rows, int region, FrameSize size) {
        double across = (double) size.widthPixels() / CellGrid.WIDTH;
        double down = (double) size.heightPixels() / CellGrid.HEIGHT;
        return new Box(
                statistic(rows, region, opencv_imgproc.CC_STAT_LEFT) * across,
                statistic(rows, region, opencv_imgproc.CC_STAT_TOP) * down,
                statistic(rows, region, opencv_imgproc.CC_STAT_WIDTH) * across,
                statistic(rows, region, opencv_imgproc.CC_STAT_HEIGHT) * down);
    }

    private static int statistic(IntBuffer rows, int region, int which) {
        return rows.get(region * opencv_imgproc.CC_STAT_MAX + which);
    }

    @Override
    public void close() {
        for (Mat mat : List.of(mask, labels, statistics, centroids)) {
            mat.close();
        }
    }
}
