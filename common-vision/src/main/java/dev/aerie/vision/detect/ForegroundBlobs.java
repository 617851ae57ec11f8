package dev.aerie.vision.detect;

import dev.aerie.messages.Box;
import dev.aerie.vision.image.GreyImage;
import dev.aerie.vision.motion.CameraMotion;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/// Converts the foreground of a [BackgroundModel] to boxes.
///
/// A blob counts only if a part of it changed since the last frame: background that an object uncovers is foreground
/// too, but does not change any more. Used by one thread; owns native memory.
final class ForegroundBlobs implements AutoCloseable {

    private static final int MIN_AREA_PIXELS = 14;
    private static final double MAX_FOREGROUND_SHARE = 0.4;
    private static final double CHANGED_GREY = 8;
    private static final double MIN_CHANGED_SHARE = 0.04;
    /// Minimum height of a blob's outer columns, as a fraction of its fullest column.
    private static final double MIN_FILLED_SHARE = 0.35;
    /// Difference in grey levels at which the score is 0.5.
    private static final double EVEN_CHANCE_GREY = 12;

    private final int maxDetections;
    private final Mat speck = opencv_imgproc.getStructuringElement(opencv_imgproc.MORPH_RECT, new Size(2, 2));
    /// Higher than wide: it closes gaps within an object, not those between neighbours.
    private final Mat gap = opencv_imgproc.getStructuringElement(opencv_imgproc.MORPH_ELLIPSE, new Size(7, 13));
    private final Mat mask = new Mat();
    private final Mat labels = new Mat();
    private final Mat statistics = new Mat();
    private final Mat centroids = new Mat();
    private final Mat previous = new Mat();
    private final Mat changed = new Mat();

    ForegroundBlobs(int maxDetections) {
        this.maxDetections = maxDetections;
    }

    /// The moving objects, best first, in pixels of the frame; empty where so much is foreground that the scene
    /// itself must have changed.
    Optional<List<Detection>> find(BackgroundModel model, GreyImage grey, CameraMotion motion) {
        markChanged(grey.mat(), motion);
        double standsOut = opencv_core.countNonZero(model.foreground());
        if (standsOut > MAX_FOREGROUND_SHARE * grey.mat().total()) {
            return Optional.empty();
        }
        opencv_imgproc.morphologyEx(model.foreground(), mask, opencv_imgproc.MORPH_OPEN, speck);
        opencv_imgproc.morphologyEx(mask, mask, opencv_imgproc.MORPH_CLOSE, gap);
        int count = opencv_imgproc.connectedComponentsWithStats(mask, labels, statistics, centroids);
        IntBuffer rows = statistics.createBuffer();
        var largest = IntStream.range(1, count)
                .boxed()
                .filter(blob -> area(rows, blob) >= MIN_AREA_PIXELS)
                .sorted(Comparator.comparingInt((Integer blob) -> area(rows, blob))
                        .reversed())
                .limit(maxDetections)
                .toList();
        return Optional.of(detections(largest, rows, model.excess(), grey.shrink()));
    }

    void reset() {
        previous.release();
    }

    private List<Detection> detections(List<Integer> blobs, IntBuffer rows, Mat excess, double shrink) {
        var detections = new ArrayList<Detection>();
        for (int blob : blobs) {
            try (var area = area(rows, blob, excess)) {
                if (isChanging(area, area(rows, blob))) {
                    detections.add(new Detection(
                            scaled(withoutLowSides(area), shrink), MotionDetector.LABEL, score(area, excess)));
                }
            }
        }
        detections.sort(Comparator.comparingDouble(Detection::score).reversed());
        return detections;
    }

    /// Marks the pixels that changed since the last frame, compensated for the camera's motion.
    private void markChanged(Mat grey, CameraMotion motion) {
        if (previous.empty()) {
            grey.copyTo(previous);
        }
        if (!motion.equals(CameraMotion.NONE)) {
            motion.warp(previous, changed);
            opencv_core.absdiff(changed, grey, changed);
        } else {
            opencv_core.absdiff(previous, grey, changed);
        }
        opencv_imgproc.threshold(changed, changed, CHANGED_GREY, 255, opencv_imgproc.THRESH_BINARY);
        grey.copyTo(previous);
    }

    private boolean isChanging(Rect area, int blobPixels) {
        try (var part = new Mat(changed, area)) {
            return opencv_core.countNonZero(part) >= MIN_CHANGED_SHARE * blobPixels;
        }
    }

    /// Without the low columns at either side, which are a shadow next to the object.
    private Rect withoutLowSides(Rect area) {
        int[] filled = filledPerColumn(area);
        double min = MIN_FILLED_SHARE * Arrays.stream(filled).max().orElse(0);
        int left = 0;
        while (filled[left] < min) {
            left++;
        }
        int right = filled.length;
        while (filled[right - 1] < min) {
            right--;
        }
        return new Rect(area.x() + left, area.y(), right - left, area.height());
    }

    private int[] filledPerColumn(Rect area) {
        int[] filled = new int[area.width()];
        ByteBuffer pixels = mask.createBuffer();
        for (int y = area.y(); y < area.y() + area.height(); y++) {
            for (int x = 0; x < filled.length; x++) {
                filled[x] += pixels.get(y * mask.cols() + area.x() + x) != 0 ? 1 : 0;
            }
        }
        return filled;
    }

    /// Score from the blob's mean difference, 0..1: one half at [#EVEN_CHANCE_GREY].
    private double score(Rect area, Mat excess) {
        try (var part = new Mat(excess, area);
                var inside = new Mat(mask, area);
                var mean = opencv_core.mean(part, inside)) {
            double grey = Math.max(0, mean.get(0));
            return grey * grey / (grey * grey + EVEN_CHANCE_GREY * EVEN_CHANCE_GREY);
        }
    }

    private static Box scaled(Rect area, double shrink) {
        return new Box(area.x() * shrink, area.y() * shrink, area.width() * shrink, area.height() * shrink);
    }

    private static int area(IntBuffer rows, int blob) {
        return rows.get(blob * opencv_imgproc.CC_STAT_MAX + opencv_imgproc.CC_STAT_AREA);
    }

    private static Rect area(IntBuffer rows, int blob, Mat within) {
        int start = blob * opencv_imgproc.CC_STAT_MAX;
        int left = rows.get(start + opencv_imgproc.CC_STAT_LEFT);
        int top = rows.get(start + opencv_imgproc.CC_STAT_TOP);
        int width = Math.min(rows.get(start + opencv_imgproc.CC_STAT_WIDTH), within.cols() - left);
        int height = Math.min(rows.get(start + opencv_imgproc.CC_STAT_HEIGHT), within.rows() - top);
        return new Rect(left, top, width, height);
    }

    @Override
    public void close() {
        for (Mat mat : List.of(speck, gap, mask, labels, statistics, centroids, previous, changed)) {
            mat.close();
        }
    }
}
