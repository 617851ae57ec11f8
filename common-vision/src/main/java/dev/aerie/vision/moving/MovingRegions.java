package dev.aerie.vision.moving;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// Regions of cells that probably move, by hysteresis: above `low`, with a cell above `high`, of `minCells` or more.
///
/// Used by one thread; owns native memory.
final class MovingRegions implements AutoCloseable {

    private final double low;
    private final double high;
    private final int minCells;
    private final Mat mask = new Mat(CellGrid.HEIGHT, CellGrid.WIDTH, opencv_core.CV_8UC1);
    private final Mat labels = new Mat();

    MovingRegions(double low, double high, int minCells) {
        this.low = low;
        this.high = high;
        this.minCells = minCells;
    }

    /// The regions of one frame, numbered from 1.
    static final class Regions {

        private final int[] labels;
        private final int[] sizes;

        private Regions(int[] labels, int[] sizes) {
            this.labels = labels;
            this.sizes = sizes;
        }

        boolean isEmpty() {
            return sizes.length == 1;
        }

        /// The region of a cell, 0 for none.
        int at(int cell) {
            return labels[cell];
        }

        /// How many cells a region has.
        int cells(int region) {
            return sizes[region];
        }
    }

    /// - `probability`: that a cell moves, row-major, lent
    Regions find(FloatBuffer probability) {
        ByteBuffer above = mask.createBuffer();
        for (int i = 0; i < CellGrid.CELLS; i++) {
            above.put(i, (byte) (probability.get(i) > low ? 1 : 0));
        }
        int count = opencv_imgproc.connectedComponents(mask, labels);
        var label = new int[CellGrid.CELLS];
        IntBuffer found = labels.createBuffer();
        found.get(label);
        return keep(label, count, probability);
    }

    /// Keeps those that are large and sure enough, and numbers them from 1.
    private Regions keep(int[] label, int count, FloatBuffer probability) {
        var cells = new int[count];
        var most = new float[count];
        for (int i = 0; i < label.length; i++) {
            cells[label[i]]++;
            most[label[i]] = Math.max(most[label[i]], probability.get(i));
        }
        var renamed = new int[count];
        var kept = new int[count];
        int regions = 0;
        for (int region = 1; region < count; region++) {
            if (most[region] > high && cells[region] >= minCells) {
                renamed[region] = ++regions;
                kept[regions] = cells[region];
            }
        }
        for (int i = 0; i < label.length; i++) {
            label[i] = renamed[label[i]];
        }
        return new Regions(label, Arrays.copyOf(kept, regions + 1));
    }

    @Override
    public void close() {
        for (Mat mat : List.of(mask, labels)) {
            mat.close();
        }
    }
}
