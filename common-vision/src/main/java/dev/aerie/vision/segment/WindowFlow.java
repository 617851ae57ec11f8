package dev.aerie.vision.segment;

import dev.aerie.opencv.OpenCv;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_video.DISOpticalFlow;

/// Refines the shared flow within one object's window: a second flow is initialized with the object's motion as a
/// whole, and each cell takes the one with the smaller error.
///
/// Owns native memory; used by one thread.
final class WindowFlow implements AutoCloseable {

    static {
        OpenCv.withoutWindows();
    }

    private final DISOpticalFlow search = DISOpticalFlow.create(DISOpticalFlow.PRESET_MEDIUM);
    private final Mat flow = new Mat();
    private final Mat moved = new Mat();

    /// The flow of each cell, in cells.
    ///
    /// - `object`: on the window's grid in the frame before, above 1/2 on the object
    BackwardFlow find(WindowView windowView, Plane object) {
        BackwardFlow shared = windowView.sharedFlow();
        try (var mask = object.above(0.5f)) {
            Optional<Affine> motion = ObjectMotion.between(windowView.greyBefore(), windowView.greyNow(), mask);
            return motion.map(whole ->
                            shared.orBetter(from(whole, windowView), windowView.greyBefore(), windowView.greyNow()))
                    .orElse(shared);
        }
    }

    /// Flow initialized with the object's motion.
    private BackwardFlow from(Affine motion, WindowView windowView) {
        try (var matrix = motion.toMat();
                var size = windowView.greyNow().size();
                var black = new Scalar()) {
            opencv_imgproc.warpAffine(
                    windowView.greyBefore(),
                    moved,
                    matrix,
                    size,
                    opencv_imgproc.INTER_LINEAR,
                    opencv_core.BORDER_REPLICATE,
                    black);
        }
        flow.release(); // else its values would initialize the search
        search.calc(windowView.greyNow(), moved, flow);
        return BackwardFlow.ofFlow(flow, 1, 1).then(motion.inverse());
    }

    @Override
    public void close() {
        search.close();
        flow.close();
        moved.close();
    }
}
