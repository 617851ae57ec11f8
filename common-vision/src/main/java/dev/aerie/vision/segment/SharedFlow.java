package dev.aerie.vision.segment;

import dev.aerie.opencv.OpenCv;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_video.DISOpticalFlow;

/// Dense optical flow to the previous frame, computed once for all objects.
///
/// Source: Kroeger et al., "Fast Optical Flow using Dense Inverse Search", 2016, OpenCV's. Owns native memory;
/// used by one thread.
final class SharedFlow implements AutoCloseable {

    static {
        OpenCv.withoutWindows();
    }

    private final DISOpticalFlow search = DISOpticalFlow.create(DISOpticalFlow.PRESET_MEDIUM);
    private final int shrink;
    private final Mat flow = new Mat();
    private final Mat smallNow = new Mat();
    private final Mat smallBefore = new Mat();

    /// - `shrink`: 1 to work at the frames' own size, 2 at half of it
    SharedFlow(int shrink) {
        this.shrink = shrink;
    }

    /// Computes the flow from `now` to `before`, both lent.
    void calculate(WorkingImage now, WorkingImage before) {
        flow.release(); // else its values would initialize the search
        if (shrink == 1) {
            search.calc(now.grey(), before.grey(), flow);
            return;
        }
        try (var size = new Size(now.grey().cols() / shrink, now.grey().rows() / shrink);
                var full = now.grey().size();
                var small = new Mat()) {
            opencv_imgproc.resize(now.grey(), smallNow, size, 0, 0, opencv_imgproc.INTER_AREA);
            opencv_imgproc.resize(before.grey(), smallBefore, size, 0, 0, opencv_imgproc.INTER_AREA);
            search.calc(smallNow, smallBefore, small);
            opencv_imgproc.resize(small, flow, full, 0, 0, opencv_imgproc.INTER_LINEAR);
            flow.convertTo(flow, -1, shrink, 0);
        }
    }

    /// The last flow: 32-bit floats, right and down in pixels of the working image; lent.
    Mat mat() {
        return flow;
    }

    @Override
    public void close() {
        search.close();
        flow.close();
        smallNow.close();
        smallBefore.close();
    }
}
