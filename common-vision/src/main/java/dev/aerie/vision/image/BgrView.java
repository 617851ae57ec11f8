package dev.aerie.vision.image;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.video.VideoFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// A frame's own pixels as a matrix of 8-bit BGR, without a copy: valid no longer than the frame is lent.
public final class BgrView implements AutoCloseable {

    private final BytePointer pixels;
    private final Mat mat;

    @MustBeClosed
    public BgrView(VideoFrame frame) {
        pixels = new BytePointer(frame.bgr());
        mat = new Mat(
                frame.size().heightPixels(),
                frame.size().widthPixels(),
                opencv_core.CV_8UC3,
                pixels,
                frame.strideBytes());
    }

    /// Rows × columns, 8-bit BGR; lent, only to be read.
    public Mat mat() {
        return mat;
    }

    @Override
    public void close() {
        mat.close();
        pixels.close();
    }
}
