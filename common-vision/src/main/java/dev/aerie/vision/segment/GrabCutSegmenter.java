package dev.aerie.vision.segment;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.track.Prompt;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/// Segments boxes and clicks to masks by GrabCut: colours inside and outside, and the edges between them.
///
/// Source: Rother, Kolmogorov and Blake, "GrabCut", 2004, OpenCV's.
final class GrabCutSegmenter {

    private static final int ITERATIONS = 3;
    private static final double MARGIN_PER_BOX_SIDE = 0.35;
    private static final double CLICK_RADIUS_PER_HEIGHT = 0.012;
    private static final double CLICK_REACH_PER_HEIGHT = 0.12;
    private static final double MIN_REMAINING_FRACTION = 0.08;
    private static final int SEED = 4711;

    private final FrameSize size;
    private final FrameSize workSize;
    private final int maxCells;

    /// - `size`: of the frames that prompts refer to; `workSize`: of the working image
    /// - `maxCells`: of the window that is segmented
    GrabCutSegmenter(FrameSize size, FrameSize workSize, int maxCells) {
        this.maxCells = maxCells;
        this.size = size;
        this.workSize = workSize;
    }

    /// The prompted mask, 8-bit, of the working size; the caller closes it.
    ///
    /// - `known`: the object's mask so far, lent; empty for a new object
    Mat segment(PromptSet promptSet, WorkingImage image, Optional<Mat> known) {
        return promptSet.mask().map(this::toWorkingImage).orElseGet(() -> segmentWindow(promptSet, image, known));
    }

    private Mat toWorkingImage(BinaryMask mask) {
        try (var full = new Mat(size.heightPixels(), size.widthPixels(), opencv_core.CV_8UC1, new Scalar(0.0));
                var target = new Size(workSize.widthPixels(), workSize.heightPixels())) {
            ByteBuffer pixels = full.createBuffer();
            mask.forEachRun((y, fromX, toX) -> {
                for (int x = fromX; x < toX; x++) {
                    pixels.put(y * size.widthPixels() + x, (byte) 255);
                }
            });
            var small = new Mat();
            opencv_imgproc.resize(full, small, target, 0, 0, opencv_imgproc.INTER_AREA);
            opencv_imgproc.threshold(small, small, 127, 255, opencv_imgproc.THRESH_BINARY);
            return small;
        }
    }

    private Mat segmentWindow(PromptSet promptSet, WorkingImage image, Optional<Mat> known) {
        Box likely = promptSet.box().map(this::toWorkingImage).orElseGet(() -> likelyBox(promptSet, known));
        Window window = around(likely);
        try (var colours = window.crop(image.bgr());
                var labels = known.isPresent() && promptSet.box().isEmpty()
                        ? ofKnown(window, known.get())
                        : ofBox(window, likely, promptSet.box().isPresent())) {
            promptSet.clicks().forEach(click -> mark(labels, window, click));
            try (var cut = grabCut(colours, labels)) {
                return paint(cut, window);
            }
        }
    }

    /// A box round the clicks and the mask known so far.
    private Box likelyBox(PromptSet promptSet, Optional<Mat> known) {
        double reach = CLICK_REACH_PER_HEIGHT * workSize.heightPixels();
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = 0;
        double bottom = 0;
        for (var click : promptSet.clicks()) {
            left = Math.min(left, workX(click.point().xPixels()) - reach);
            top = Math.min(top, workY(click.point().yPixels()) - reach);
            right = Math.max(right, workX(click.point().xPixels()) + reach);
            bottom = Math.max(bottom, workY(click.point().yPixels()) + reach);
        }
        var maskGeometry = known.map(MaskGeometry::of).orElse(MaskGeometry.NONE);
        if (!maskGeometry.isEmpty()) {
            left = Math.min(left, maskGeometry.left());
            top = Math.min(top, maskGeometry.top());
            right = Math.max(right, maskGeometry.right());
            bottom = Math.max(bottom, maskGeometry.bottom());
        }
        return new Box(left, top, right - left, bottom - top);
    }

    private Box toWorkingImage(Box box) {
        return new Box(
                workX(box.leftPixels()),
                workY(box.topPixels()),
                box.widthPixels() * workSize.widthPixels() / size.widthPixels(),
                box.heightPixels() * workSize.heightPixels() / size.heightPixels());
    }

    private double workX(double x) {
        return x * workSize.widthPixels() / size.widthPixels();
    }

    private double workY(double y) {
        return y * workSize.heightPixels() / size.heightPixels();
    }

    private Window around(Box box) {
        double margin = Math.max(8, MARGIN_PER_BOX_SIDE * Math.sqrt(box.areaPixels()));
        int left = (int) Math.clamp(box.leftPixels() - margin, 0, workSize.widthPixels() - 2.0);
        int top = (int) Math.clamp(box.topPixels() - margin, 0, workSize.heightPixels() - 2.0);
        int right = (int) Math.clamp(Math.ceil(box.rightPixels() + margin), left + 2.0, workSize.widthPixels());
        int bottom = (int) Math.clamp(Math.ceil(box.bottomPixels() + margin), top + 2.0, workSize.heightPixels());
        return new Window(left, top, right - left, bottom - top, right - left, bottom - top).within(1, maxCells);
    }

    /// Probable foreground inside the box (or the circle in it), background outside it, or probable background
    /// where the box was not drawn by a user.
    private static Mat ofBox(Window window, Box box, boolean isDrawn) {
        int outside = isDrawn ? opencv_imgproc.GC_BGD : opencv_imgproc.GC_PR_BGD;
        var labels = new Mat(window.rows(), window.columns(), opencv_core.CV_8UC1, new Scalar(outside));
        int left = (int) Math.round(window.toColumn(box.leftPixels()));
        int top = (int) Math.round(window.toRow(box.topPixels()));
        int width = Math.max(2, (int) Math.round(box.widthPixels() * window.scaleX()));
        int height = Math.max(2, (int) Math.round(box.heightPixels() * window.scaleY()));
        try (var likely = new Scalar(opencv_imgproc.GC_PR_FGD)) {
            if (isDrawn) {
                try (var inside = new Rect(left, top, width, height)) {
                    opencv_imgproc.rectangle(labels, inside, likely, opencv_imgproc.FILLED, opencv_imgproc.LINE_8, 0);
                }
            } else {
                try (var middle = new Point(left + width / 2, top + height / 2)) {
                    opencv_imgproc.circle(
                            labels, middle, Math.min(width, height) / 3, likely, opencv_imgproc.FILLED, 8, 0);
                }
            }
        }
        return labels;
    }

    private static Mat ofKnown(Window window, Mat known) {
        try (var cut = window.crop(known)) {
            var labels = new Mat();
            opencv_imgproc.threshold(
                    cut,
                    labels,
                    127,
                    opencv_imgproc.GC_PR_FGD - opencv_imgproc.GC_PR_BGD,
                    opencv_imgproc.THRESH_BINARY);
            labels.convertTo(labels, -1, 1, opencv_imgproc.GC_PR_BGD);
            return labels;
        }
    }

    private void mark(Mat labels, Window window, Prompt.Click click) {
        int label = click.positive() ? opencv_imgproc.GC_FGD : opencv_imgproc.GC_BGD;
        int column = (int) Math.round(window.toColumn(workX(click.point().xPixels())));
        int row = (int) Math.round(window.toRow(workY(click.point().yPixels())));
        int radius = Math.max(2, (int) Math.round(CLICK_RADIUS_PER_HEIGHT * workSize.heightPixels() * window.scale()));
        try (var middle = new Point(column, row);
                var colour = new Scalar((double) label)) {
            opencv_imgproc.circle(labels, middle, radius, colour, opencv_imgproc.FILLED, opencv_imgproc.LINE_8, 0);
        }
    }

    /// Not 0 where the object is; the initial labels where the colours cannot decide.
    private static Mat grabCut(Mat colours, Mat labels) {
        try (var refined = new Mat();
                var likely = object(labels);
                var none = new Rect();
                var insideModel = new Mat();
                var outsideModel = new Mat()) {
            labels.copyTo(refined);
            int expected = opencv_core.countNonZero(likely);
            if (expected == labels.total() || expected == 0) {
                return likely.clone();
            }
            opencv_core.setRNGSeed(SEED);
            opencv_imgproc.grabCut(
                    colours, refined, none, insideModel, outsideModel, ITERATIONS, opencv_imgproc.GC_INIT_WITH_MASK);
            var cut = object(refined);
            if (opencv_core.countNonZero(cut) < MIN_REMAINING_FRACTION * expected) {
                likely.copyTo(cut);
            }
            return cut;
        }
    }

    /// 255 where a label is foreground or probable foreground: both are odd.
    private static Mat object(Mat labels) {
        var object = new Mat();
        try (var one = new Mat(labels.rows(), labels.cols(), opencv_core.CV_8UC1, new Scalar(1.0))) {
            opencv_core.bitwise_and(labels, one, object);
            object.convertTo(object, -1, 255, 0);
        }
        return object;
    }

    private Mat paint(Mat cut, Window window) {
        var mask = new Mat(workSize.heightPixels(), workSize.widthPixels(), opencv_core.CV_8UC1, new Scalar(0.0));
        try (var place = new Rect(window.left(), window.top(), window.width(), window.height());
                var part = new Mat(mask, place);
                var target = new Size(window.width(), window.height());
                var full = new Mat()) {
            opencv_imgproc.resize(cut, full, target, 0, 0, opencv_imgproc.INTER_LINEAR);
            opencv_imgproc.threshold(full, part, 127, 255, opencv_imgproc.THRESH_BINARY);
        }
        return mask;
    }
}
