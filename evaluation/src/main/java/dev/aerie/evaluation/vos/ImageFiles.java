package dev.aerie.evaluation.vos;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.FramePool;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.PooledFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/// Image files read as frames of a camera, 25 per second. Owns native memory; used by one thread.
public final class ImageFiles implements AutoCloseable {

    private static final String STREAM = "files";
    private static final long NANOS_BETWEEN = 40_000_000;

    private final String session;
    private final List<Path> files;
    private final FramePool pool = new FramePool(2);

    public ImageFiles(String session, List<Path> files) {
        this.session = session;
        this.files = List.copyOf(files);
    }

    /// The frame with this number, from 0; the caller releases it.
    public PooledFrame read(int number) throws IOException {
        try (var mat = opencv_imgcodecs.imread(files.get(number).toString(), opencv_imgcodecs.IMREAD_COLOR)) {
            if (mat.empty()) {
                throw new IOException(files.get(number) + " is no frame");
            }
            var frame = pool.take(new FrameSize(mat.cols(), mat.rows()))
                    .orElseThrow(() -> new IllegalStateException("frames were not released"));
            copyRows(mat, frame);
            long nanos = number * NANOS_BETWEEN;
            var stamp = new FrameStamp(new FrameId(STREAM, session, number), nanos, CaptureClock.SENDER);
            frame.describe(stamp, 0, System.nanoTime());
            return frame;
        }
    }

    private static void copyRows(Mat mat, PooledFrame frame) {
        ByteBuffer from = mat.createBuffer();
        ByteBuffer to = frame.bgr();
        int rowBytes = mat.cols() * 3;
        for (int row = 0; row < mat.rows(); row++) {
            to.put(row * frame.strideBytes(), from, row * rowBytes, rowBytes);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
