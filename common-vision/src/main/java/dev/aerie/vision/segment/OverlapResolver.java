package dev.aerie.vision.segment;

import dev.aerie.video.FrameSize;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/// Resolves overlaps: each pixel belongs to the object with the highest probability.
final class OverlapResolver {

    private static final float CLAIMED = 0.5f;
    private static final long NOBODY = -1;

    private final int width;
    private final int height;
    private final float[] strongest;
    private final long[] owner;

    OverlapResolver(FrameSize size) {
        width = size.widthPixels();
        height = size.heightPixels();
        strongest = new float[width * height];
        owner = new long[width * height];
    }

    /// Starts a frame without claims.
    void clear() {
        Arrays.fill(strongest, CLAIMED);
        Arrays.fill(owner, NOBODY);
    }

    /// Claims the pixels in which an object has a higher probability than those before it.
    void claim(long object, MaskProbability maskProbability) {
        Window window = maskProbability.window();
        float[] probability = maskProbability.probability().values();
        for (int y = 0; y < window.height(); y++) {
            int to = (window.top() + y) * width + window.left();
            int from = y * window.width();
            for (int x = 0; x < window.width(); x++) {
                if (probability[from + x] > strongest[to + x]) {
                    strongest[to + x] = probability[from + x];
                    owner[to + x] = object;
                }
            }
        }
    }

    /// The pixels of the object, 8-bit, 255 for its own; the caller closes it.
    Mat maskOf(long object, Window window) {
        var mask = new Mat(height, width, opencv_core.CV_8UC1, new Scalar(0.0));
        ByteBuffer pixels = mask.createBuffer();
        for (int y = window.top(); y < window.top() + window.height(); y++) {
            for (int x = window.left(); x < window.left() + window.width(); x++) {
                if (owner[y * width + x] == object) {
                    pixels.put(y * width + x, (byte) 255);
                }
            }
        }
        return mask;
    }
}
