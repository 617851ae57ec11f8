package dev.aerie.vision;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.VideoFrame;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/// A frame made for a test, on plain memory: nothing to release.
public record TestFrame(FrameStamp stamp, FrameSize size, ByteBuffer bgr) implements VideoFrame {

    /// A black frame.
    public static TestFrame black(String session, long frameNumber, int widthPixels, int heightPixels) {
        var id = new FrameId("test", session, frameNumber);
        return new TestFrame(
                new FrameStamp(id, 1_000_000_000L + frameNumber * 33_333_333L, CaptureClock.SENDER),
                new FrameSize(widthPixels, heightPixels),
                ByteBuffer.allocateDirect(widthPixels * heightPixels * 3));
    }

    /// The frame in a file.
    public static TestFrame read(Path file, long frameNumber) {
        try (Mat frame = opencv_imgcodecs.imread(file.toString())) {
            return copyOf(frame, "s", frameNumber);
        }
    }

    /// A copy of a continuous 8-bit BGR matrix.
    public static TestFrame copyOf(Mat image, String session, long frameNumber) {
        var frame = black(session, frameNumber, image.cols(), image.rows());
        ByteBuffer pixels = image.createBuffer();
        frame.bgr.duplicate().put(pixels);
        return frame;
    }

    @Override
    public int strideBytes() {
        return size.widthPixels() * 3;
    }

    @Override
    public long decodeNanos() {
        return 0;
    }

    @Override
    public long decodedAtNanos() {
        return System.nanoTime();
    }

    @Override
    public void retain() {}

    @Override
    public void release() {}
}
