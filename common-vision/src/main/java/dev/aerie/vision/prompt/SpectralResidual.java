package dev.aerie.vision.prompt;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.image.BgrView;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/// Saliency map of a frame by the spectral residual: its log spectrum minus the local mean. Owns native memory.
///
/// Source: Hou & Zhang 2007, "Saliency Detection: A Spectral Residual Approach", equations 2 to 5.
final class SpectralResidual implements AutoCloseable {

    private static final int LONGEST_SIDE_CELLS = 96;
    private static final double SMOOTHING_CELLS = 2.5;
    private static final Size MEAN_OF = new Size(3, 3);
    private static final Size KERNEL_BY_SIGMA = new Size(0, 0);

    private final Mat small = new Mat();
    private final Mat grey = new Mat();
    private final Mat spectrum = new Mat();
    private final Mat amplitude = new Mat();
    private final Mat phase = new Mat();
    private final Mat smooth = new Mat();
    private final Mat map = new Mat();

    /// Rows × columns of cells, float32, larger where the frame is more salient; lent until the next call.
    Mat of(VideoFrame frame) {
        shrink(frame);
        try (var imaginary = new Mat(grey.size(), opencv_core.CV_32FC1, Scalar.all(0));
                var parts = new MatVector(grey, imaginary)) {
            opencv_core.merge(parts, spectrum);
        }
        opencv_core.dft(spectrum, spectrum);
        try (var parts = new MatVector()) {
            opencv_core.split(spectrum, parts);
            opencv_core.cartToPolar(parts.get(0), parts.get(1), amplitude, phase);
            subtractMeanSpectrum();
            opencv_core.polarToCart(amplitude, phase, parts.get(0), parts.get(1));
            opencv_core.merge(parts, spectrum);
        }
        opencv_core.idft(spectrum, spectrum);
        try (var parts = new MatVector()) {
            opencv_core.split(spectrum, parts);
            opencv_core.magnitude(parts.get(0), parts.get(1), map);
        }
        opencv_core.multiply(map, map, map);
        opencv_imgproc.GaussianBlur(map, map, KERNEL_BY_SIGMA, SMOOTHING_CELLS);
        return map;
    }

    @Override
    public void close() {
        for (Mat mat : new Mat[] {small, grey, spectrum, amplitude, phase, smooth, map}) {
            mat.close();
        }
    }

    private void shrink(VideoFrame frame) {
        int width = frame.size().widthPixels();
        int height = frame.size().heightPixels();
        double scale = Math.min(1.0, (double) LONGEST_SIDE_CELLS / Math.max(width, height));
        try (var image = new BgrView(frame);
                var size = new Size(
                        (int) Math.max(1, Math.round(width * scale)), (int) Math.max(1, Math.round(height * scale)))) {
            opencv_imgproc.resize(image.mat(), small, size, 0, 0, opencv_imgproc.INTER_AREA);
        }
        opencv_imgproc.cvtColor(small, small, opencv_imgproc.COLOR_BGR2GRAY);
        small.convertTo(grey, opencv_core.CV_32F);
    }

    /// exp(log A − mean of log A), in place.
    private void subtractMeanSpectrum() {
        try (var one = new Mat(amplitude.size(), opencv_core.CV_32FC1, Scalar.all(1))) {
            opencv_core.add(amplitude, one, amplitude);
        }
        opencv_core.log(amplitude, amplitude);
        opencv_imgproc.blur(amplitude, smooth, MEAN_OF);
        opencv_core.subtract(amplitude, smooth, amplitude);
        opencv_core.exp(amplitude, amplitude);
    }
}
