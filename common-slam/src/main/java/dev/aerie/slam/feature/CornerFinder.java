package dev.aerie.slam.feature;

import dev.aerie.opencv.OpenCv;
import dev.aerie.slam.movable.MovableMask;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_features2d;
import org.bytedeco.opencv.opencv_core.KeyPointVector;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/// Finds FAST corners in one level of a pyramid and keeps a number of them, spread evenly.
///
/// The threshold follows the frame: it rises where corners abound and falls in the dark, and a level that
/// has too few is searched again at once with the lowest. Owns native memory.
final class CornerFinder implements AutoCloseable {

    static {
        OpenCv.withoutWindows();
    }

    /// Corners lie at least so far from the border of their level, in pixels: a patch fits around them.
    static final int BORDER = OrbPattern.RADIUS + 1;

    private static final int LOWEST_THRESHOLD = 6;
    private static final int HIGHEST_THRESHOLD = 30;
    private static final int FIRST_THRESHOLD = 12;
    private static final int FEW = 3;
    private static final int MANY = 8;
    private static final int FLOATS_PER_KEYPOINT = 7;
    private static final int RESPONSE = 4;

    private final int wanted;
    private final GridKeypointSelector selector;
    private final KeyPointVector found = new KeyPointVector();
    private int threshold = FIRST_THRESHOLD;
    private long masked;

    /// - `wanted`: how many corners to keep
    CornerFinder(int wanted, int widthPixels, int heightPixels) {
        this.wanted = wanted;
        this.selector = new GridKeypointSelector(wanted, widthPixels, heightPixels);
    }

    /// The corners of a level, at most as many as wanted; lent until the next call.
    ///
    /// - `mask`: where none are wanted
    GridKeypointSelector find(Mat level, Optional<MovableMask> mask) {
        selector.clear();
        if (level.cols() <= 2 * BORDER + 8 || level.rows() <= 2 * BORDER + 8) {
            return selector;
        }
        try (var inner =
                        new Rect(BORDER - 3, BORDER - 3, level.cols() - 2 * BORDER + 6, level.rows() - 2 * BORDER + 6);
                var submap = new Mat(level, inner)) {
            detect(submap);
            read(level, mask);
        }
        selector.choose();
        return selector;
    }

    private void detect(Mat submap) {
        opencv_features2d.FAST(submap, found, threshold, true);
        if (found.size() < (long) FEW * wanted && threshold > LOWEST_THRESHOLD) {
            threshold = LOWEST_THRESHOLD;
            opencv_features2d.FAST(submap, found, threshold, true);
        } else if (found.size() > (long) MANY * wanted && threshold < HIGHEST_THRESHOLD) {
            threshold++;
        }
    }

    private void read(Mat level, Optional<MovableMask> mask) {
        int count = (int) found.size();
        if (count > 0) {
            read(count, level, mask);
        }
    }

    /// Corners left out because of masks, since the beginning.
    long masked() {
        return masked;
    }

    /// Reads OpenCV's keypoints (7 words of 4 bytes each) in one go: a call per keypoint costs more than
    /// finding it.
    private void read(int count, Mat level, Optional<MovableMask> mask) {
        int width = level.cols();
        int height = level.rows();
        try (var first = found.get(0);
                var words = new FloatPointer(first)) {
            FloatBuffer buffer =
                    words.capacity((long) FLOATS_PER_KEYPOINT * count).asBuffer();
            for (int i = 0; i < count; i++) {
                int x = Math.round(buffer.get(FLOATS_PER_KEYPOINT * i)) + BORDER - 3;
                int y = Math.round(buffer.get(FLOATS_PER_KEYPOINT * i + 1)) + BORDER - 3;
                if (mask.isPresent() && mask.get().covers((x + 0.5) / width, (y + 0.5) / height)) {
                    masked++;
                } else {
                    selector.offer(x, y, buffer.get(FLOATS_PER_KEYPOINT * i + RESPONSE));
                }
            }
        }
    }

    @Override
    public void close() {
        found.close();
    }
}
