package dev.aerie.vision.motion;

import dev.aerie.opencv.OpenCv;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/// KLT tracks: corners tracked from frame to frame by optical flow, each with its recent positions.
///
/// A corner keeps its slot while it is tracked; where its forward-backward error is too large, the slot is freed for a
/// new corner away from others. Used by one thread; owns native memory. Sources: Shi and
/// Tomasi 1994; Lucas and Kanade 1981 in pyramids (Bouguet 2001), OpenCV's.
public final class KltTracks implements AutoCloseable {

    static {
        OpenCv.withoutWindows();
    }

    /// Maximum number of tracks: slots are 0 to one less.
    public static final int SLOTS = 500;

    /// Frames of which positions are kept, the last one included.
    public static final int HISTORY = 32;

    private static final double CORNER_QUALITY = 0.005;
    private static final int CORNER_DISTANCE_PIXELS = 5;
    private static final double MAX_RETURN_ERROR_PIXELS = 0.6;
    private static final int MARGIN_PIXELS = 2;
    private static final int WINDOW_PIXELS = 11;
    private static final int PYRAMID_LEVELS = 3;

    private final float[][] x = new float[HISTORY][SLOTS];
    private final float[][] y = new float[HISTORY][SLOTS];
    private final long[] nanos = new long[HISTORY];
    /// Frames for which a slot's corner has been tracked; -1 for a free slot.
    private final int[] age = new int[SLOTS];
    private final int[] slotOfRow = new int[SLOTS];
    private final Mat previous = new Mat();
    private final Mat starts = new Mat(SLOTS, 1, opencv_core.CV_32FC2);
    private final Mat free = new Mat();
    private final Mat corners = new Mat();
    private final ForwardBackwardFlow flow = new ForwardBackwardFlow(WINDOW_PIXELS, PYRAMID_LEVELS, 12, 0.02);
    private int frames;
    private int trackedLast;

    public KltTracks() {
        reset();
    }

    /// Tracks the corners into the next frame, then fills the free slots.
    ///
    /// - `grey`: 8-bit grey, lent, of the size of the last one or after [#reset]
    /// - `captureNanos`: when it was taken; later than the last one
    public void track(Mat grey, long captureNanos) {
        int now = frames % HISTORY;
        nanos[now] = captureNanos;
        int rows = gather();
        trackedLast = rows;
        frames++;
        if (rows > 0) {
            trackRows(rows, grey);
        }
        fillFreeSlots(grey);
        grey.copyTo(previous);
    }

    /// Forgets everything.
    public void reset() {
        frames = 0;
        trackedLast = 0;
        Arrays.fill(age, -1);
    }

    /// How many frames before the last one is the newest that is at least `spanNanos` older, or the oldest
    /// remembered; 0 where the last one is the only one.
    public int framesBack(long spanNanos) {
        int max = Math.min(frames, HISTORY) - 1;
        for (int back = 1; back < max; back++) {
            if (spanNanos(back) >= spanNanos) {
                return back;
            }
        }
        return Math.max(0, max);
    }

    /// Number of corners of the previous frame that were searched in the last one.
    public int trackedLast() {
        return trackedLast;
    }

    /// Time from `back` frames ago to the last one.
    public long spanNanos(int back) {
        return nanos[at(0)] - nanos[at(back)];
    }

    /// Frames before the last one for which a slot's corner was tracked; -1 for a free slot.
    public int age(int slot) {
        return age[slot];
    }

    /// Column of a slot's corner in the frame `back` before the last one, in pixels.
    public float x(int slot, int back) {
        return x[at(back)][slot];
    }

    /// Row of a slot's corner in the frame `back` before the last one, in pixels.
    public float y(int slot, int back) {
        return y[at(back)][slot];
    }

    private int at(int back) {
        return Math.floorMod(frames - 1 - back, HISTORY);
    }

    private int gather() {
        FloatBuffer to = starts.createBuffer();
        int rows = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            if (age[slot] >= 0) {
                to.put(x(slot, 0)).put(y(slot, 0));
                slotOfRow[rows++] = slot;
            }
        }
        return rows;
    }

    private void trackRows(int rows, Mat grey) {
        try (Mat from = starts.rowRange(0, rows)) {
            flow.track(previous, grey, from);
            FloatBuffer ends = flow.ends().createBuffer();
            for (int row = 0; row < rows; row++) {
                boolean isConsistent = flow.isFound(row)
                        && flow.isFoundBack(row)
                        && Math.hypot(flow.errorX(row), flow.errorY(row)) < MAX_RETURN_ERROR_PIXELS;
                updateSlot(slotOfRow[row], ends.get(2 * row), ends.get(2 * row + 1), isConsistent, grey);
            }
        }
    }

    private void updateSlot(int slot, float column, float row, boolean isConsistent, Mat grey) {
        boolean isInside = column >= MARGIN_PIXELS
                && row >= MARGIN_PIXELS
                && column < grey.cols() - MARGIN_PIXELS
                && row < grey.rows() - MARGIN_PIXELS;
        if (!isConsistent || !isInside) {
            age[slot] = -1;
            return;
        }
        x[at(0)][slot] = column;
        y[at(0)][slot] = row;
        age[slot] = Math.min(age[slot] + 1, HISTORY - 1);
    }

    private void fillFreeSlots(Mat grey) {
        int wanted = markFree(grey);
        if (wanted == 0) {
            return;
        }
        opencv_imgproc.goodFeaturesToTrack(
                grey, corners, wanted, CORNER_QUALITY, CORNER_DISTANCE_PIXELS, free, 3, false, 0.04);
        if (corners.empty()) {
            return;
        }
        FloatBuffer points = corners.createBuffer();
        for (int slot = 0, row = 0; slot < SLOTS && row < corners.rows(); slot++) {
            if (age[slot] < 0) {
                age[slot] = 0;
                x[at(0)][slot] = points.get(2 * row);
                y[at(0)][slot] = points.get(2 * row + 1);
                row++;
            }
        }
    }

    /// Marks the pixels without a corner nearby; returns the number of free slots.
    private int markFree(Mat grey) {
        free.create(grey.rows(), grey.cols(), opencv_core.CV_8UC1);
        try (var everywhere = new Scalar(255)) {
            free.put(everywhere);
        }
        ByteBuffer mask = free.createBuffer();
        int wanted = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            if (age[slot] < 0) {
                wanted++;
            } else {
                occupy(mask, Math.round(x(slot, 0)), Math.round(y(slot, 0)), grey);
            }
        }
        return wanted;
    }

    private static void occupy(ByteBuffer mask, int column, int row, Mat grey) {
        int reach = CORNER_DISTANCE_PIXELS - 1;
        for (int r = Math.max(0, row - reach); r <= Math.min(grey.rows() - 1, row + reach); r++) {
            for (int c = Math.max(0, column - reach); c <= Math.min(grey.cols() - 1, column + reach); c++) {
                mask.put(r * grey.cols() + c, (byte) 0);
            }
        }
    }

    @Override
    public void close() {
        for (Mat mat : List.of(previous, starts, free, corners)) {
            mat.close();
        }
        flow.close();
    }
}
