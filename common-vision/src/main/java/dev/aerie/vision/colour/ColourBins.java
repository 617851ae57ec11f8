package dev.aerie.vision.colour;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// Bins of the Lab colour space: all of the lightness, the middle half of both colour axes, which holds nearly every
/// natural colour.
///
/// - `lightness`, `colour`: number of bins along L, and along each of a and b
public record ColourBins(int lightness, int colour) {

    private static final int LEVELS = 256;

    public int count() {
        return lightness * colour * colour;
    }

    /// The bin of each pixel, rows from the top, of an 8-bit BGR matrix.
    public int[] of(Mat bgr) {
        try (var lab = new Mat()) {
            opencv_imgproc.cvtColor(bgr, lab, opencv_imgproc.COLOR_BGR2Lab);
            ByteBuffer pixels = lab.createBuffer();
            var levels = new byte[pixels.remaining()];
            pixels.get(levels);
            var bins = new int[levels.length / 3];
            for (int i = 0; i < bins.length; i++) {
                int l = (levels[3 * i] & 0xFF) * lightness / LEVELS;
                int a = middle(levels[3 * i + 1] & 0xFF);
                int b = middle(levels[3 * i + 2] & 0xFF);
                bins[i] = (l * colour + a) * colour + b;
            }
            return bins;
        }
    }

    /// A smoothed copy of a histogram that has an element for each bin.
    public float[] smoothed(float[] histogram) {
        return HistogramBlur.along(histogram, lightness, colour, colour);
    }

    private int middle(int level) {
        return Math.clamp((level - 128) * 2 + 128, 0, LEVELS - 1) * colour / LEVELS;
    }
}
