package dev.aerie.vision.segment;

import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.image.BgrView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// A frame at the working size, in colour and grey. Owns native memory, refilled by each frame.
final class WorkingImage implements AutoCloseable {

    private final FrameSize size;
    private final Mat bgr;
    private final Mat grey;

    WorkingImage(FrameSize size) {
        this.size = size;
        bgr = new Mat(size.heightPixels(), size.widthPixels(), opencv_core.CV_8UC3);
        grey = new Mat(size.heightPixels(), size.widthPixels(), opencv_core.CV_8UC1);
    }

    /// The working size for frames of `frame`: as large, but at most `maxPixels`.
    static FrameSize sizeFor(FrameSize frame, int maxPixels) {
        double pixels = (double) frame.widthPixels() * frame.heightPixels();
        double scale = Math.min(1, Math.sqrt(maxPixels / pixels));
        return new FrameSize(Math.max(1, (int) Math.round(frame.widthPixels() * scale)), Math.max(1, (int)
                Math.round(frame.heightPixels() * scale)));
    }

    void fill(VideoFrame frame) {
        try (var image = new BgrView(frame);
                var target = new Size(size.widthPixels(), size.heightPixels())) {
            opencv_imgproc.resize(image.mat(), bgr, target, 0, 0, opencv_imgproc.INTER_AREA);
        }
        opencv_imgproc.cvtColor(bgr, grey, opencv_imgproc.COLOR_BGR2GRAY);
    }

    FrameSize size() {
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
        ObjectTrackerState.writeBytes(out, bgr);
    }

    void restore(DataInput in) throws IOException {
        ObjectTrackerState.readBytes(in, bgr);
        opencv_imgproc.cvtColor(bgr, grey, opencv_imgproc.COLOR_BGR2GRAY);
    }

    @Override
    public void close() {
        bgr.close();
        grey.close();
    }
}
