package dev.aerie.vision.segment;

import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// Both frames and their flow in a window, on its grid. Owns native memory.
final class WindowView implements AutoCloseable {

    private final Window window;
    private final Mat bgrBefore;
    private final Mat bgrNow;
    private final Mat greyBefore = new Mat();
    private final Mat greyNow = new Mat();
    private final Mat flow;

    WindowView(Window window, FramePair framePair) {
        this.window = window;
        bgrBefore = window.crop(framePair.before().bgr());
        bgrNow = window.crop(framePair.now().bgr());
        flow = window.crop(framePair.flow().mat());
        opencv_imgproc.cvtColor(bgrBefore, greyBefore, opencv_imgproc.COLOR_BGR2GRAY);
        opencv_imgproc.cvtColor(bgrNow, greyNow, opencv_imgproc.COLOR_BGR2GRAY);
    }

    /// The rectangle and its grid.
    Window window() {
        return window;
    }

    Mat bgrBefore() {
        return bgrBefore;
    }

    Mat bgrNow() {
        return bgrNow;
    }

    Mat greyBefore() {
        return greyBefore;
    }

    Mat greyNow() {
        return greyNow;
    }

    /// The flow that all objects share.
    BackwardFlow sharedFlow() {
        return BackwardFlow.ofFlow(flow, window.scaleX(), window.scaleY());
    }

    @Override
    public void close() {
        for (var mat : new Mat[] {bgrBefore, bgrNow, greyBefore, greyNow, flow}) {
            mat.close();
        }
    }
}
