package dev.aerie.evaluation.sot;

import dev.aerie.messages.Box;
import dev.aerie.opencv.OpenCv;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.image.BgrView;
import dev.aerie.vision.sot.ObjectEstimate;
import dev.aerie.vision.sot.SingleObjectTracker;
import java.util.function.Supplier;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_tracking.TrackerCSRT;
import org.bytedeco.opencv.opencv_tracking.TrackerKCF;
import org.bytedeco.opencv.opencv_video.Tracker;
import org.jspecify.annotations.Nullable;

/// A tracker of OpenCV with its own settings, to compare ours with. Where it gives up, its last box stays, with score
/// 0.
public final class OpenCvPeer implements SingleObjectTracker {

    static {
        OpenCv.withoutWindows();
    }

    private final String name;
    private final Supplier<Tracker> create;
    private @Nullable Tracker tracker;
    private Rect box = new Rect();

    private OpenCvPeer(String name, Supplier<Tracker> create) {
        this.name = name;
        this.create = create;
    }

    /// Kernelized correlation filter (Henriques et al. 2015).
    public static OpenCvPeer kcf() {
        return new OpenCvPeer("kcf", TrackerKCF::create);
    }

    /// Correlation filter with channel and spatial reliability (Lukežič et al. 2017).
    public static OpenCvPeer csrt() {
        return new OpenCvPeer("csrt", TrackerCSRT::create);
    }

    @Override
    public void begin(VideoFrame frame, Box first) {
        close();
        box = new Rect(
                (int) Math.round(first.leftPixels()),
                (int) Math.round(first.topPixels()),
                (int) Math.round(first.widthPixels()),
                (int) Math.round(first.heightPixels()));
        tracker = create.get();
        try (var image = new BgrView(frame)) {
            tracker.init(image.mat(), box);
        }
    }

    @Override
    public ObjectEstimate update(VideoFrame frame) {
        Tracker started = tracker;
        if (started == null) {
            throw new IllegalStateException("update comes after begin");
        }
        try (var image = new BgrView(frame);
                var moved = new Rect(box)) {
            boolean isFound = started.update(image.mat(), moved);
            if (isFound) {
                box.put(moved);
            }
            return new ObjectEstimate(
                    new Box(box.x(), box.y(), Math.max(0, box.width()), Math.max(0, box.height())), isFound ? 1 : 0);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        if (tracker != null) {
            tracker.close();
            tracker = null;
        }
        box.close();
    }
}
