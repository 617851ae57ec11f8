package dev.aerie.vision.moving;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/// What the network marked in the frames before, carried to each frame by the optical flow and mixed with what it marks
/// there: what moves goes on moving, errors of the flow come and go. Used by one thread; owns native memory.
final class CarriedProbabilities implements AutoCloseable {

    /// Share of the frames before. Chosen with the thresholds of [MotionNetworkDetector].
    private static final float SHARE = 0.6f;

    private final Mat mapX = new Mat(CellGrid.HEIGHT, CellGrid.WIDTH, opencv_core.CV_32FC1);
    private final Mat mapY = new Mat(CellGrid.HEIGHT, CellGrid.WIDTH, opencv_core.CV_32FC1);
    private final Mat before = new Mat(CellGrid.HEIGHT, CellGrid.WIDTH, opencv_core.CV_32FC1);
    private final Mat carried = new Mat();
    private boolean isEmpty = true;

    /// Forgets the frames before.
    void clear() {
        isEmpty = true;
    }

    /// Mixes the frames before into `probability`; the first frame is left as it is.
    ///
    /// - `features`: of the same frame, [MotionFeatures]
    /// - `probability`: of each cell, 0..1, row-major; rewritten
    void mixInto(FloatBuffer features, FloatBuffer probability) {
        if (!isEmpty) {
            carry(features);
            FloatBuffer past = carried.createBuffer();
            for (int i = 0; i < CellGrid.CELLS; i++) {
                probability.put(i, (1 - SHARE) * probability.get(i) + SHARE * past.get(i));
            }
        }
        FloatBuffer kept = before.createBuffer();
        kept.put(0, probability, 0, CellGrid.CELLS);
        isEmpty = false;
    }

    private void carry(FloatBuffer features) {
        FloatBuffer x = mapX.createBuffer();
        FloatBuffer y = mapY.createBuffer();
        for (int i = 0; i < CellGrid.CELLS; i++) {
            x.put(i, i % CellGrid.WIDTH + FlowSteps.cells(features.get(i)));
            y.put(i, Math.floorDiv(i, CellGrid.WIDTH) + FlowSteps.cells(features.get(CellGrid.CELLS + i)));
        }
        try (var black = new Scalar()) {
            opencv_imgproc.remap(
                    before, carried, mapX, mapY, opencv_imgproc.INTER_LINEAR, opencv_core.BORDER_REPLICATE, black);
        }
    }

    @Override
    public void close() {
        for (Mat mat : List.of(mapX, mapY, before, carried)) {
            mat.close();
        }
    }
}
