package dev.aerie.vision.segment.eval;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.PicturePool;
import dev.aerie.video.PictureSize;
import dev.aerie.video.PooledPicture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/// Pictures in files, read as if a camera sent them, 25 in a second. Owns native memory; used by one thread.
final class PictureFiles implements AutoCloseable {

    private static final String STREAM = "files";
    private static final long NANOS_BETWEEN = 40_000_000;

    private final String session;
    private final List<Path> files;
    private final PicturePool pool = new PicturePool(2);

    PictureFiles(String session, List<Path> files) {
        this.session = session;
        this.files = List.copyOf(files);
    }

    /// The picture with this number, from 0; the caller releases it.
    PooledPicture read(int number) throws IOException {
        try (var mat = opencv_imgcodecs.imread(files.get(number).toString(), opencv_imgcodecs.IMREAD_COLOR)) {
            if (mat.empty()) {
                throw new IOException(files.get(number) + " is no picture");
            }
            var picture = pool.take(new PictureSize(mat.cols(), mat.rows()))
                    .orElseThrow(() -> new IllegalStateException("pictures were not given back"));
            copyRows(mat, picture);
            long nanos = number * NANOS_BETWEEN;
            var stamp = new FrameStamp(new FrameId(STREAM, session, number), nanos, CaptureClock.SENDER);
            picture.describe(stamp, 0, System.nanoTime());
            return picture;
        }
    }

    private static void copyRows(Mat mat, PooledPicture picture) {
        ByteBuffer from = mat.createBuffer();
        ByteBuffer to = picture.bgr();
        int rowBytes = mat.cols() * 3;
        for (int row = 0; row < mat.rows(); row++) {
            to.put(row * picture.strideBytes(), from, row * rowBytes, rowBytes);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
