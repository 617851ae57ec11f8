package dev.aerie.slam.dense;

import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.video.VideoFrame;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// Brings frames to a back end's size and takes the lens's distortion out, for dense mapping. Owns one small frame's
/// native memory; one thread.
public final class DenseInput implements AutoCloseable {

    private static final int NOTHING = -1;

    private final PinholeCamera camera;
    private final int[] fromPixel;
    private final int interpolation;
    private final Mat small = new Mat();
    private final Size size;

    /// - `widthPixels`: of the views; their height follows from the lens's
    public DenseInput(CameraModel lens, int widthPixels) {
        camera = resized(lens.ideal(), widthPixels);
        interpolation = widthPixels > lens.widthPixels() ? opencv_imgproc.INTER_CUBIC : opencv_imgproc.INTER_AREA;
        size = new Size(camera.widthPixels(), camera.heightPixels());
        fromPixel = new int[camera.widthPixels() * camera.heightPixels()];
        double fraction = (double) camera.widthPixels() / lens.widthPixels();
        for (int pixel = 0; pixel < fromPixel.length; pixel++) {
            fromPixel[pixel] = fromPixel(lens, fraction, pixel);
        }
    }

    private static PinholeCamera resized(PinholeCamera full, int width) {
        double fraction = (double) width / full.widthPixels();
        return new PinholeCamera(
                width,
                (int) Math.round(full.heightPixels() * fraction),
                full.focalXPixels() * fraction,
                full.focalYPixels() * fraction,
                (full.centreXPixels() + 0.5) * fraction - 0.5,
                (full.centreYPixels() + 0.5) * fraction - 0.5);
    }

    /// Which pixel of the small frame, as the lens gives it, a pixel of the ideal one is taken from.
    private int fromPixel(CameraModel lens, double fraction, int pixel) {
        int row = Math.floorDiv(pixel, camera.widthPixels());
        var ray = camera.rayOf(pixel - row * camera.widthPixels(), row);
        return lens.project(ray)
                .map(seen -> {
                    long x = Math.round((seen.x() + 0.5) * fraction - 0.5);
                    long y = Math.round((seen.y() + 0.5) * fraction - 0.5);
                    boolean isInside = x >= 0 && y >= 0 && x < camera.widthPixels() && y < camera.heightPixels();
                    return isInside ? (int) (y * camera.widthPixels() + x) : NOTHING;
                })
                .orElse(NOTHING);
    }

    /// Of the frames that are made.
    public PinholeCamera camera() {
        return camera;
    }

    /// A frame that the caller may keep; black where the lens sees nothing.
    public DenseView.Colours of(VideoFrame frame) {
        try (var bytes = new BytePointer(frame.bgr());
                var bgr = new Mat(
                        frame.size().heightPixels(),
                        frame.size().widthPixels(),
                        opencv_core.CV_8UC3,
                        bytes,
                        frame.strideBytes())) {
            return of(bgr);
        }
    }

    /// As [#of(VideoFrame)].
    ///
    /// - `bgr`: 8 bits each of blue, green and red; lent
    public DenseView.Colours of(Mat bgr) {
        opencv_imgproc.resize(bgr, small, size, 0, 0, interpolation);
        ByteBuffer pixels = small.createBuffer();
        return new DenseView.Colours(Arrays.stream(fromPixel)
                .map(from -> from == NOTHING ? 0 : rgb(pixels, 3 * from))
                .toArray());
    }

    private static int rgb(ByteBuffer bgr, int at) {
        return (bgr.get(at + 2) & 255) << 16 | (bgr.get(at + 1) & 255) << 8 | (bgr.get(at) & 255);
    }

    @Override
    public void close() {
        small.close();
        size.close();
    }
}
