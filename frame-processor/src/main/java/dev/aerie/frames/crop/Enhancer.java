package dev.aerie.frames.crop;

import dev.aerie.opencv.OpenCv;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_photo;
import org.bytedeco.opencv.global.opencv_video;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_core.TermCriteria;

/// Makes one better image of an object out of several crops:
///
/// ```
/// best crop ▸ others aligned to it ▸ mean ▸ denoised ▸ enlarged ▸ sharpened
/// ```
///
/// Aligned by the enhanced correlation coefficient (Evangelidis & Psarakis 2008), affine; crops that do not match are
/// skipped. The mean reduces noise, non-local means (Buades et al. 2011) the rest, the weaker the more crops were
/// averaged. Stateless.
public final class Enhancer {

    static {
        OpenCv.withoutWindows();
    }

    /// Enlargement factor.
    static final int ENLARGED = 2;

    private static final int MAX_ITERATIONS = 40;
    private static final double MIN_IMPROVEMENT = 1e-4;
    private static final int SMOOTHING_PIXELS = 5;
    private static final double MIN_CORRELATION = 0.85;
    private static final float NOISE_OF_ONE = 6;
    private static final int PATCH_PIXELS = 7;
    private static final int SEARCH_PIXELS = 15;
    private static final double SHARPENING_SIGMA = 1.2;
    private static final double SHARPENING = 0.6;
    private static final Size KERNEL_BY_SIGMA = new Size(0, 0);

    private Enhancer() {}

    /// - `crops`: of one object, best first, at least one
    /// - returns a JPEG file, [#ENLARGED] times as large as the best crop
    public static byte[] enhance(List<Crop> crops) {
        try (var merged = merge(crops);
                var large = enlarge(merged)) {
            return Jpeg.encode(large);
        }
    }

    /// The best crop, denoised, rows × columns of 8-bit BGR.
    static Mat merge(List<Crop> crops) {
        try (var best = crops.getFirst().toMat();
                var sum = new Mat()) {
            best.convertTo(sum, opencv_core.CV_32FC3);
            int count = 1;
            for (Crop other : crops.subList(1, crops.size())) {
                Optional<Mat> aligned = align(best, other);
                if (aligned.isPresent()) {
                    try (var mat = aligned.get()) {
                        opencv_imgproc.accumulate(mat, sum);
                    }
                    count++;
                }
            }
            try (var mean = new Mat()) {
                sum.convertTo(mean, opencv_core.CV_8UC3, 1.0 / count, 0);
                var clean = new Mat();
                float strength = NOISE_OF_ONE / count;
                opencv_photo.fastNlMeansDenoisingColored(mean, clean, strength, strength, PATCH_PIXELS, SEARCH_PIXELS);
                return clean;
            }
        }
    }

    /// `other` aligned to `best`; empty where they do not match.
    private static Optional<Mat> align(Mat best, Crop other) {
        try (var mat = other.toMat();
                var sized = new Mat();
                var here = new Mat();
                var there = new Mat();
                var warp = Mat.eye(2, 3, opencv_core.CV_32F).asMat();
                var inputMask = new Mat();
                var criteria =
                        new TermCriteria(TermCriteria.COUNT + TermCriteria.EPS, MAX_ITERATIONS, MIN_IMPROVEMENT)) {
            opencv_imgproc.resize(mat, sized, best.size(), 0, 0, opencv_imgproc.INTER_CUBIC);
            opencv_imgproc.cvtColor(best, here, opencv_imgproc.COLOR_BGR2GRAY);
            opencv_imgproc.cvtColor(sized, there, opencv_imgproc.COLOR_BGR2GRAY);
            double correlation = opencv_video.findTransformECC(
                    here, there, warp, opencv_video.MOTION_AFFINE, criteria, inputMask, SMOOTHING_PIXELS);
            if (correlation < MIN_CORRELATION) {
                return Optional.empty();
            }
            var aligned = new Mat();
            opencv_imgproc.warpAffine(
                    sized,
                    aligned,
                    warp,
                    best.size(),
                    opencv_imgproc.INTER_CUBIC | opencv_imgproc.WARP_INVERSE_MAP,
                    opencv_core.BORDER_REPLICATE,
                    null);
            return Optional.of(aligned);
        } catch (RuntimeException _) {
            return Optional.empty(); // OpenCV throws where the search diverges
        }
    }

    private static Mat enlarge(Mat frame) {
        try (var size = new Size(frame.cols() * ENLARGED, frame.rows() * ENLARGED);
                var large = new Mat();
                var soft = new Mat()) {
            opencv_imgproc.resize(frame, large, size, 0, 0, opencv_imgproc.INTER_LANCZOS4);
            opencv_imgproc.GaussianBlur(large, soft, KERNEL_BY_SIGMA, SHARPENING_SIGMA);
            var sharp = new Mat();
            opencv_core.addWeighted(large, 1 + SHARPENING, soft, -SHARPENING, 0, sharp);
            return sharp;
        }
    }
}
