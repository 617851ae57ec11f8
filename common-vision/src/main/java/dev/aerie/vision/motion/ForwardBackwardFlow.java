package dev.aerie.vision.motion;

import dev.aerie.opencv.OpenCv;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.opencv.global.opencv_video;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_core.TermCriteria;

/// Sparse optical flow of points from one frame to the next and back: the forward-backward error tells good tracks from
/// bad ones.
///
/// Used by one thread; owns native memory. Sources: Lucas and Kanade 1981 in pyramids (Bouguet 2001), OpenCV's; Kalal
/// et al. 2010, "Forward-backward error".
public final class ForwardBackwardFlow implements AutoCloseable {
    static {
        OpenCv.withoutWindows();
    }

    private static final double MIN_EIGENVALUE = 1e-4;

    private final int levels;
    private final Size window;
    private final TermCriteria criteria;
    private final Mat ends = new Mat();
    private final Mat returns = new Mat();
    private final Mat found = new Mat();
    private final Mat foundBack = new Mat();
    private final Mat error = new Mat();

    private FloatBuffer started = FloatBuffer.allocate(0);
    private FloatBuffer returned = FloatBuffer.allocate(0);
    private ByteBuffer good = ByteBuffer.allocate(0);
    private ByteBuffer goodBack = ByteBuffer.allocate(0);

    /// - `windowPixels`: side of the square that is matched at each level
    /// - `levels`: of the image pyramid beyond the first
    /// - `minStepPixels`: below which the search ends before `maxIterations`
    public ForwardBackwardFlow(int windowPixels, int levels, int maxIterations, double minStepPixels) {
        this.levels = levels;
        window = new Size(windowPixels, windowPixels);
        criteria = new TermCriteria(TermCriteria.COUNT | TermCriteria.EPS, maxIterations, minStepPixels);
    }

    /// Tracks `points` from `before` to `now` and back.
    ///
    /// - `before`, `now`: 8-bit grey; `points`: rows × 1 of two 32-bit floats, x and y in pixels, at least one; all
    ///   lent, `points` until the results have been read
    public void track(Mat before, Mat now, Mat points) {
        flow(before, now, points, ends, found);
        flow(now, before, ends, returns, foundBack);
        started = points.createBuffer();
        returned = returns.createBuffer();
        good = found.createBuffer();
        goodBack = foundBack.createBuffer();
    }

    /// Where the points are in the later frame, in the layout of `points`; lent until the next [#track].
    public Mat ends() {
        return ends;
    }

    /// Whether the point was found in the later frame.
    public boolean isFound(int point) {
        return good.get(point) != 0;
    }

    /// Whether the point was found in the earlier frame again.
    public boolean isFoundBack(int point) {
        return goodBack.get(point) != 0;
    }

    /// How far to the right of its start the point came back, in pixels.
    public double errorX(int point) {
        return returned.get(2 * point) - started.get(2 * point);
    }

    /// How far below its start the point came back, in pixels.
    public double errorY(int point) {
        return returned.get(2 * point + 1) - started.get(2 * point + 1);
    }

    private void flow(Mat from, Mat to, Mat points, Mat moved, Mat status) {
        opencv_video.calcOpticalFlowPyrLK(
                from, to, points, moved, status, error, window, levels, criteria, 0, MIN_EIGENVALUE);
    }

    @Override
    public void close() {
        for (Mat mat : List.of(ends, returns, found, foundBack, error)) {
            mat.close();
        }
        window.close();
        criteria.close();
    }
}
