package dev.aerie.slam.pipeline;

import dev.aerie.video.VideoFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// Turns decoded frames into what SLAM works on. Owns one frame's native memory; one thread.
final class GreyConverter implements AutoCloseable {

    private static final String JPEG = ".jpg";

    private final Mat grey = new Mat();

    /// Lent until the next call.
    Mat grey(VideoFrame frame) {
        try (var bytes = new BytePointer(frame.bgr());
                var bgr = colours(frame, bytes)) {
            opencv_imgproc.cvtColor(bgr, grey, opencv_imgproc.COLOR_BGR2GRAY);
        }
        return grey;
    }

    /// The frame as a JPEG file, in colour.
    byte[] jpeg(VideoFrame frame) {
        try (var bytes = new BytePointer(frame.bgr());
                var bgr = colours(frame, bytes);
                var file = new BytePointer()) {
            if (!opencv_imgcodecs.imencode(JPEG, bgr, file)) {
                throw new IllegalStateException("OpenCV writes no JPEG");
            }
            byte[] content = new byte[Math.toIntExact(file.limit())];
            file.get(content);
            return content;
        }
    }

    @Override
    public void close() {
        grey.close();
    }

    private static Mat colours(VideoFrame frame, BytePointer bytes) {
        return new Mat(
                frame.size().heightPixels(),
                frame.size().widthPixels(),
                opencv_core.CV_8UC3,
                bytes,
                frame.strideBytes());
    }
}
