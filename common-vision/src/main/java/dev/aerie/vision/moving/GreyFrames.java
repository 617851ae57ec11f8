package dev.aerie.vision.moving;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.image.BgrView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// The last frames of a stream, grey and at the size of [CellGrid]. Used by one thread; owns native memory.
final class GreyFrames implements AutoCloseable {

    /// How many frames ago the oldest is that features need.
    static final int OLDEST = 3;

    private final Deque<Mat> newestFirst = new ArrayDeque<>();
    private final Mat grey = new Mat();
    private final Size size = new Size(CellGrid.FLOW_WIDTH, CellGrid.FLOW_HEIGHT);

    /// Adds the next frame, which is lent.
    void add(VideoFrame frame) {
        Mat small = newestFirst.size() > OLDEST ? newestFirst.removeLast() : new Mat();
        try (var image = new BgrView(frame)) {
            opencv_imgproc.cvtColor(image.mat(), grey, opencv_imgproc.COLOR_BGR2GRAY);
        }
        opencv_imgproc.resize(grey, small, size, 0, 0, opencv_imgproc.INTER_AREA);
        newestFirst.addFirst(small);
    }

    /// Lent until the next [#add]; empty until there are as many.
    Optional<Mat> framesAgo(int frames) {
        return newestFirst.stream().skip(frames).findFirst();
    }

    void clear() {
        newestFirst.forEach(Mat::close);
        newestFirst.clear();
    }

    @Override
    public void close() {
        clear();
        grey.close();
        size.close();
    }
}
