package dev.aerie.vision.moving;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// The cells around each region that may belong to it: nearer to it than to another, and at most half the side of a
/// square of its area away. Used by one thread; owns native memory.
final class RegionReach implements AutoCloseable {

    private static final double REACH_SIDES = 0.5;
    private static final int MASK_CELLS = 5;

    private final Mat outside = new Mat(CellGrid.HEIGHT, CellGrid.WIDTH, opencv_core.CV_8UC1);
    private final Mat distance = new Mat();
    private final Mat nearest = new Mat();

    /// The region of each cell, row-major, 0 for none.
    int[] of(MovingRegions.Regions regions) {
        var reach = new int[CellGrid.CELLS];
        if (regions.isEmpty()) {
            return reach;
        }
        ByteBuffer out = outside.createBuffer();
        for (int i = 0; i < CellGrid.CELLS; i++) {
            out.put(i, (byte) (regions.at(i) == 0 ? 1 : 0));
        }
        opencv_imgproc.distanceTransformWithLabels(
                outside, distance, nearest, opencv_imgproc.DIST_L2, MASK_CELLS, opencv_imgproc.DIST_LABEL_PIXEL);
        IntBuffer near = nearest.createBuffer();
        FloatBuffer away = distance.createBuffer();
        var regionOf = new int[CellGrid.CELLS + 1];
        for (int i = 0; i < CellGrid.CELLS; i++) {
            if (regions.at(i) != 0) {
                regionOf[near.get(i)] = regions.at(i);
            }
        }
        for (int i = 0; i < CellGrid.CELLS; i++) {
            int region = regionOf[near.get(i)];
            double most = Math.max(1, REACH_SIDES * Math.sqrt(regions.cells(region)));
            reach[i] = away.get(i) <= most ? region : 0;
        }
        return reach;
    }

    @Override
    public void close() {
        for (Mat mat : List.of(outside, distance, nearest)) {
            mat.close();
        }
    }
}
