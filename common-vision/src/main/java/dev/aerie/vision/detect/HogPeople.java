package dev.aerie.vision.detect;

import dev.aerie.messages.Box;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.image.BgrView;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.HOGDescriptor;

/// Tells which of some boxes show a person who stands upright, without a network: OpenCV's descriptor and support
/// vector machine. Each box is looked at in the scale in which a person would fill it. Used by one thread; owns native
/// memory.
///
/// Source: Dalal and Triggs, "Histograms of Oriented Gradients for Human Detection", 2005.
public final class HogPeople implements AutoCloseable {

    public static final String LABEL = "person";

    /// A person's height in the window of 64 × 128 that the detector was trained for, and its size.
    private static final double PERSON_ROWS = 96;

    private static final int WINDOW_ROWS = 128;
    private static final int WINDOW_COLUMNS = 64;

    /// Of the window's width, on each side of the person, and of its height.
    private static final double SIDE_MARGIN = 0.12;

    private static final double TOP_MARGIN = 0.125;

    /// Looked at around the box, of its height.
    private static final double REACH = 0.35;

    /// Of height to width: wheels and fronts of cars look like people, but are wider.
    private static final double MIN_ASPECT = 1.5;

    private static final double MIN_HEIGHT_PIXELS = 20;

    /// Intersection over union of the box and the person found.
    private static final double MIN_OVERLAP = 0.45;

    private static final int STRIDE_PIXELS = 4;
    private static final int PADDING_PIXELS = 8;
    private static final double SCALE_STEP = 1.05;
    private static final double GROUP_THRESHOLD = 2;

    private final HOGDescriptor hog = new HOGDescriptor();
    private final Size stride = new Size(STRIDE_PIXELS, STRIDE_PIXELS);
    private final Size padding = new Size(PADDING_PIXELS, PADDING_PIXELS);
    private final Mat scaled = new Mat();
    private final Mat padded = new Mat();

    public HogPeople() {
        try (FloatPointer weights = HOGDescriptor.getDefaultPeopleDetector();
                var machine = new Mat(1, Math.toIntExact(weights.limit()), opencv_core.CV_32FC1, weights)) {
            hog.setSVMDetector(machine);
        }
    }

    /// Those of `boxes` that show a person, by the logistic function of the distance from the machine's plane; `frame`
    /// is lent.
    public List<Detection> detect(VideoFrame frame, List<Box> boxes) {
        var people = new ArrayList<Detection>();
        for (Box box : boxes) {
            if (box.heightPixels() >= Math.max(MIN_HEIGHT_PIXELS, MIN_ASPECT * box.widthPixels())) {
                detect(frame, box)
                        .ifPresent(distance -> people.add(new Detection(box, LABEL, 1 / (1 + Math.exp(-distance)))));
            }
        }
        return people;
    }

    private OptionalDouble detect(VideoFrame frame, Box box) {
        double reach = REACH * box.heightPixels();
        int left = (int) Math.max(0, box.leftPixels() - reach);
        int top = (int) Math.max(0, box.topPixels() - reach);
        int right = (int) Math.min(frame.size().widthPixels(), box.rightPixels() + reach);
        int bottom = (int) Math.min(frame.size().heightPixels(), box.bottomPixels() + reach);
        if (right <= left || bottom <= top) {
            return OptionalDouble.empty();
        }
        double scale = PERSON_ROWS / box.heightPixels();
        int columns = Math.max(1, (int) Math.round((right - left) * scale));
        int rows = Math.max(1, (int) Math.round((bottom - top) * scale));
        int sidePad = Math.max(0, WINDOW_COLUMNS + PADDING_PIXELS - columns) / 2;
        int topPad = Math.max(0, WINDOW_ROWS + PADDING_PIXELS - rows) / 2;
        try (var view = new BgrView(frame);
                var area = new Rect(left, top, right - left, bottom - top);
                var crop = new Mat(view.mat(), area);
                var size = new Size(columns, rows);
                var black = new Scalar(0)) {
            int interpolation = scale < 1 ? opencv_imgproc.INTER_AREA : opencv_imgproc.INTER_LINEAR;
            opencv_imgproc.resize(crop, scaled, size, 0, 0, interpolation);
            opencv_core.copyMakeBorder(
                    scaled, padded, topPad, topPad, sidePad, sidePad, opencv_core.BORDER_REPLICATE, black);
        }
        return best(new Box(
                (box.leftPixels() - left) * scale + sidePad,
                (box.topPixels() - top) * scale + topPad,
                box.widthPixels() * scale,
                box.heightPixels() * scale));
    }

    /// The distance of the best person who fills `wanted`, in pixels of the picture looked at.
    private OptionalDouble best(Box wanted) {
        if (padded.cols() < WINDOW_COLUMNS || padded.rows() < WINDOW_ROWS) {
            return OptionalDouble.empty();
        }
        try (var windows = new RectVector();
                var distances = new DoublePointer()) {
            hog.detectMultiScale(padded, windows, distances, 0, stride, padding, SCALE_STEP, GROUP_THRESHOLD, false);
            var best = OptionalDouble.empty();
            for (long i = 0; i < windows.size(); i++) {
                double distance = distances.get(i);
                if (person(windows.get(i)).overlapWith(wanted) >= MIN_OVERLAP
                        && (best.isEmpty() || distance > best.getAsDouble())) {
                    best = OptionalDouble.of(distance);
                }
            }
            return best;
        }
    }

    private static Box person(Rect window) {
        return new Box(
                window.x() + SIDE_MARGIN * window.width(),
                window.y() + TOP_MARGIN * window.height(),
                (1 - 2 * SIDE_MARGIN) * window.width(),
                (1 - 2 * TOP_MARGIN) * window.height());
    }

    @Override
    public void close() {
        hog.close();
        stride.close();
        padding.close();
        scaled.close();
        padded.close();
    }
}
