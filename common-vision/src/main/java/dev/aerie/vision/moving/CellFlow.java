package dev.aerie.vision.moving;

import dev.aerie.opencv.OpenCv;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_video.DISOpticalFlow;

/// Dense optical flow between two shrunk frames, on the [CellGrid]. Used by one thread; owns native memory.
///
/// Source: Kroeger et al., "Fast Optical Flow using Dense Inverse Search", 2016, OpenCV's.
final class CellFlow implements AutoCloseable {

    static {
        OpenCv.withoutWindows();
    }

    private static final float CELLS_PER_PIXEL = 0.5f;
    private static final int FINEST_SCALE = 1;

    private final DISOpticalFlow search = DISOpticalFlow.create(DISOpticalFlow.PRESET_FAST);
    private final Mat pixels = new Mat();
    private final Mat cells = new Mat();
    private final Size size = new Size(CellGrid.WIDTH, CellGrid.HEIGHT);
    private final float[] interleaved = new float[2 * CellGrid.CELLS];

    CellFlow() {
        search.setFinestScale(FINEST_SCALE);
        search.setVariationalRefinementIterations(0);
    }

    /// Vectors from `now` to `before`, both lent.
    ///
    /// - `right`, `down`: written, in cells, row-major
    void calculate(Mat now, Mat before, float[] right, float[] down) {
        pixels.release(); // else its values would initialize the search
        search.calc(now, before, pixels);
        opencv_imgproc.resize(pixels, cells, size, 0, 0, opencv_imgproc.INTER_AREA);
        FloatBuffer values = cells.createBuffer();
        values.get(interleaved);
        for (int i = 0; i < CellGrid.CELLS; i++) {
            right[i] = interleaved[2 * i] * CELLS_PER_PIXEL;
            down[i] = interleaved[2 * i + 1] * CELLS_PER_PIXEL;
        }
    }

    /// Median of the lengths of the sampled vectors, in cells.
    static double medianLength(float[] right, float[] down) {
        var lengths = new double[CellGrid.SAMPLES];
        for (int i = 0; i < lengths.length; i++) {
            int cell = CellGrid.sampleRow(i) * CellGrid.WIDTH + CellGrid.sampleColumn(i);
            lengths[i] = Math.hypot(right[cell], down[cell]);
        }
        return median(lengths);
    }

    /// Median of the sampled values of a plane.
    static double median(float[] plane) {
        var values = new double[CellGrid.SAMPLES];
        for (int i = 0; i < values.length; i++) {
            values[i] = plane[CellGrid.sampleRow(i) * CellGrid.WIDTH + CellGrid.sampleColumn(i)];
        }
        return median(values);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    @Override
    public void close() {
        for (Mat mat : List.of(pixels, cells)) {
            mat.close();
        }
        search.close();
        size.close();
    }
}
