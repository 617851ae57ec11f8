package dev.aerie.vision.moving;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.image.BgrView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// The last frames of a stream, shrunk: grey at the size at which flow is computed, the newest also in colour, one
/// pixel for each cell of the [CellGrid]. Used by one thread; owns native memory.
final class ShrunkFrames implements AutoCloseable {

    /// How many frames ago the oldest is that features need.
    static final int OLDEST = 3;

    private final Deque<Mat> newestFirst = new ArrayDeque<>();
    private final Mat bgr = new Mat();
    private final Mat cells = new Mat();
    private final Size flowSize = new Size(CellGrid.FLOW_WIDTH, CellGrid.FLOW_HEIGHT);
    private final Size cellSize = new Size(CellGrid.WIDTH, CellGrid.HEIGHT);

    /// Adds the next frame, which is lent.
    void add(VideoFrame frame) {
        Mat grey = newestFirst.size() > OLDEST ? newestFirst.removeLast() : new Mat();
        try (var image = new BgrView(frame)) {
            opencv_imgproc.resize(image.mat(), bgr, flowSize, 0, 0, opencv_imgproc.INTER_AREA);
        }
        opencv_imgproc.cvtColor(bgr, grey, opencv_imgproc.COLOR_BGR2GRAY);
        newestFirst.addFirst(grey);
    }

    /// Grey; lent until the next [#add]; empty until there are as many.
    Optional<Mat> framesAgo(int frames) {
        return newestFirst.stream().skip(frames).findFirst();
    }

    /// The newest frame's colours, 8-bit BGR, a pixel for each cell; lent until the next call.
    Mat colours() {
        opencv_imgproc.resize(bgr, cells, cellSize, 0, 0, opencv_imgproc.INTER_AREA);
        return cells;
    }

    void clear() {
        newestFirst.forEach(Mat::close);
        newestFirst.clear();
    }

    @Override
    public void close() {
        clear();
        bgr.close();
        cells.close();
        flowSize.close();
        cellSize.close();
    }
}
