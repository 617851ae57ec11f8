package dev.aerie.frames.crop;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.image.BgrView;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/// Cuts objects out of frames and rates each crop: the tracker's score, times the side length, times the sharpness
/// (deviation of the Laplacian, Pech-Pacheco et al. 2000); less where the frame's edge cuts the object.
///
/// Owns native memory; used by one thread.
final class CropCutter implements AutoCloseable {

    /// Fraction of the object's sides that is added on each side.
    static final double PADDING = 0.2;

    /// Crops that are larger are shrunk.
    static final int LONGEST_SIDE_PIXELS = 384;

    private static final int MIN_SIDE_PIXELS = 8;
    private static final double CUT_OFF_FACTOR = 0.5;
    private static final int CHANNELS = 3;

    private final Mat pixels = new Mat();
    private final Mat grey = new Mat();
    private final Mat edges = new Mat();
    private final Mat mean = new Mat();
    private final Mat deviation = new Mat();

    /// The object in `box`, with [#PADDING] within the frame; empty where too little of it is in the frame.
    ///
    /// - `frame`: lent
    /// - `score`: the tracker's, 0..1
    Optional<Crop> cut(VideoFrame frame, Box box, double score) {
        Box padded = padded(box, frame.size());
        int left = (int) Math.floor(padded.leftPixels());
        int top = (int) Math.floor(padded.topPixels());
        int width = (int) Math.ceil(padded.rightPixels()) - left;
        int height = (int) Math.ceil(padded.bottomPixels()) - top;
        if (Math.min(width, height) < MIN_SIDE_PIXELS) {
            return Optional.empty();
        }
        try (var image = new BgrView(frame);
                var place = new Rect(left, top, width, height);
                var part = new Mat(image.mat(), place)) {
            double shrink = Math.min(1, LONGEST_SIDE_PIXELS / (double) Math.max(width, height));
            try (var size = new Size((int) Math.round(width * shrink), (int) Math.round(height * shrink))) {
                opencv_imgproc.resize(part, pixels, size, 0, 0, opencv_imgproc.INTER_AREA);
            }
        }
        double quality = score * Math.sqrt(box.areaPixels()) * sharpness() * completeness(box, frame.size());
        return Optional.of(new Crop(frame.stamp(), new FrameSize(pixels.cols(), pixels.rows()), quality, bytes()));
    }

    /// `box` with [#PADDING], clipped to the frame.
    static Box padded(Box box, FrameSize size) {
        double acrossPixels = PADDING * box.widthPixels();
        double downPixels = PADDING * box.heightPixels();
        double left = Math.clamp(box.leftPixels() - acrossPixels, 0, size.widthPixels());
        double top = Math.clamp(box.topPixels() - downPixels, 0, size.heightPixels());
        double right = Math.clamp(box.rightPixels() + acrossPixels, left, size.widthPixels());
        double bottom = Math.clamp(box.bottomPixels() + downPixels, top, size.heightPixels());
        return new Box(left, top, right - left, bottom - top);
    }

    @Override
    public void close() {
        for (Mat mat : new Mat[] {pixels, grey, edges, mean, deviation}) {
            mat.close();
        }
    }

    private double sharpness() {
        opencv_imgproc.cvtColor(pixels, grey, opencv_imgproc.COLOR_BGR2GRAY);
        opencv_imgproc.Laplacian(grey, edges, opencv_core.CV_32F);
        opencv_core.meanStdDev(edges, mean, deviation);
        return deviation.createIndexer().getDouble(0);
    }

    private static double completeness(Box box, FrameSize size) {
        boolean isCutOff = box.leftPixels() <= 1
                || box.topPixels() <= 1
                || box.rightPixels() >= size.widthPixels() - 1
                || box.bottomPixels() >= size.heightPixels() - 1;
        return isCutOff ? CUT_OFF_FACTOR : 1;
    }

    private byte[] bytes() {
        var bytes = new byte[pixels.cols() * pixels.rows() * CHANNELS];
        ByteBuffer buffer = pixels.createBuffer();
        buffer.get(bytes);
        return bytes;
    }
}
