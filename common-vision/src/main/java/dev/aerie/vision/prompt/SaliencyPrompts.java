package dev.aerie.vision.prompt;

import dev.aerie.messages.Box;
import dev.aerie.video.VideoFrame;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/// Proposes salient regions without a model: boxes round the peaks of a [SpectralResidual] map.
final class SaliencyPrompts implements PromptStrategy {

    static final String SOURCE = "saliency";

    private static final String LABEL = "salient";
    private static final int MAX = 5;
    private static final int MIN_AREA_CELLS = 6;
    /// Minimum of the map at a peak, in means of the map. Source: Hou & Zhang 2007, section 3.1.
    private static final double MIN_TIMES_MEAN = 3;
    /// The same, from which on the score is 1.
    private static final double CERTAIN_TIMES_MEAN = 12;

    private final SpectralResidual residual = new SpectralResidual();
    private final Mat peaks = new Mat();
    private final Mat labels = new Mat();
    private final Mat statistics = new Mat();
    private final Mat centroids = new Mat();

    @Override
    public List<Candidate> propose(VideoFrame frame) {
        Mat map = residual.of(frame);
        double mean = opencv_core.mean(map).get(0);
        opencv_imgproc.threshold(map, labels, MIN_TIMES_MEAN * mean, 255, opencv_imgproc.THRESH_BINARY);
        labels.convertTo(peaks, opencv_core.CV_8U);
        int count = opencv_imgproc.connectedComponentsWithStats(peaks, labels, statistics, centroids);
        IntBuffer rows = statistics.createBuffer();
        double across = (double) frame.size().widthPixels() / map.cols();
        double down = (double) frame.size().heightPixels() / map.rows();
        var found = new ArrayList<Candidate>();
        for (int i = 1; i < count; i++) {
            var cells = cells(rows, i);
            if (rows.get(i * statistics.cols() + opencv_imgproc.CC_STAT_AREA) >= MIN_AREA_CELLS) {
                var box = new Box(
                        cells.leftPixels() * across,
                        cells.topPixels() * down,
                        cells.widthPixels() * across,
                        cells.heightPixels() * down);
                found.add(new Candidate(new Candidate.Location.InBox(box), LABEL, score(map, cells, mean), SOURCE));
            }
        }
        found.sort(Comparator.comparingDouble(Candidate::score).reversed());
        return List.copyOf(found.subList(0, Math.min(MAX, found.size())));
    }

    @Override
    public void close() {
        centroids.close();
        statistics.close();
        labels.close();
        peaks.close();
        residual.close();
    }

    private Box cells(IntBuffer rows, int component) {
        int at = component * statistics.cols();
        return new Box(
                rows.get(at + opencv_imgproc.CC_STAT_LEFT),
                rows.get(at + opencv_imgproc.CC_STAT_TOP),
                rows.get(at + opencv_imgproc.CC_STAT_WIDTH),
                rows.get(at + opencv_imgproc.CC_STAT_HEIGHT));
    }

    private static double score(Mat map, Box cells, double mean) {
        try (var area = new Rect((int) cells.leftPixels(), (int) cells.topPixels(), (int) cells.widthPixels(), (int)
                        cells.heightPixels());
                var part = map.apply(area)) {
            return Math.min(1, opencv_core.mean(part).get(0) / (CERTAIN_TIMES_MEAN * mean));
        }
    }
}
