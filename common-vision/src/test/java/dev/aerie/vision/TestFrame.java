package dev.aerie.vision;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/// Makes frames for tests.
public final class TestFrame {

    private TestFrame() {}

    /// A black frame.
    public static HeapFrame black(String session, long frameNumber, int widthPixels, int heightPixels) {
        var id = new FrameId("test", session, frameNumber);
        return HeapFrame.black(
                new FrameStamp(id, 1_000_000_000L + frameNumber * 33_333_333L, CaptureClock.SENDER),
                new FrameSize(widthPixels, heightPixels));
    }

    /// The frame in a file.
    public static HeapFrame read(Path file, long frameNumber) {
        try (Mat frame = opencv_imgcodecs.imread(file.toString())) {
            return copyOf(frame, "s", frameNumber);
        }
    }

    /// A copy of a continuous 8-bit BGR matrix.
    public static HeapFrame copyOf(Mat image, String session, long frameNumber) {
        var frame = black(session, frameNumber, image.cols(), image.rows());
        ByteBuffer pixels = image.createBuffer();
        frame.bgr().duplicate().put(pixels);
        return frame;
    }
}
