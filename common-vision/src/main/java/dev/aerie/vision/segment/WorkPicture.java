package dev.aerie.vision.segment;

import dev.aerie.video.PictureSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.picture.BgrView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// A picture at the size at which masks are followed, in colour and grey. Owns native memory, filled anew by each
/// picture.
final class WorkPicture implements AutoCloseable {

    private final PictureSize size;
    private final Mat bgr;
    private final Mat grey;

    WorkPicture(PictureSize size) {
        this.size = size;
        bgr = new Mat(size.heightPixels(), size.widthPixels(), opencv_core.CV_8UC3);
        grey = new Mat(size.heightPixels(), size.widthPixels(), opencv_core.CV_8UC1);
    }

    /// The working size for pictures of `picture`: as large, but of no more than `mostPixels`.
    static PictureSize sizeFor(PictureSize picture, int mostPixels) {
        double pixels = (double) picture.widthPixels() * picture.heightPixels();
        double scale = Math.min(1, Math.sqrt(mostPixels / pixels));
        return new PictureSize(Math.max(1, (int) Math.round(picture.widthPixels() * scale)), Math.max(1, (int)
                Math.round(picture.heightPixels() * scale)));
    }

    void fill(VideoFrame frame) {
        try (var picture = new BgrView(frame);
                var target = new Size(size.widthPixels(), size.heightPixels())) {
            opencv_imgproc.resize(picture.mat(), bgr, target, 0, 0, opencv_imgproc.INTER_AREA);
        }
        opencv_imgproc.cvtColor(bgr, grey, opencv_imgproc.COLOR_BGR2GRAY);
    }

    PictureSize size() {
        return size;
    }

    /// 8-bit BGR; lent until the next [#fill].
    Mat bgr() {
        return bgr;
    }

    /// 8-bit grey; lent until the next [#fill].
    Mat grey() {
        return grey;
    }

    void save(DataOutput out) throws IOException {
        SavedState.writeBytes(out, bgr);
    }

    void restore(DataInput in) throws IOException {
        SavedState.readBytes(in, bgr);
        opencv_imgproc.cvtColor(bgr, grey, opencv_imgproc.COLOR_BGR2GRAY);
    }

    @Override
    public void close() {
        bgr.close();
        grey.close();
    }
}
