package dev.aerie.frames.crop;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/// Writes JPEG files.
final class Jpeg {

    private static final int QUALITY = 92;

    private Jpeg() {}

    /// - `frame`: rows × columns of 8-bit BGR
    static byte[] encode(Mat frame) {
        try (var file = new BytePointer();
                var settings = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, QUALITY)) {
            if (!opencv_imgcodecs.imencode(".jpg", frame, file, settings)) {
                throw new IllegalStateException(
                        "a frame of " + frame.cols() + " × " + frame.rows() + " cannot be written as JPEG");
            }
            var bytes = new byte[Math.toIntExact(file.limit())];
            file.get(bytes);
            return bytes;
        }
    }
}
