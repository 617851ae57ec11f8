package dev.aerie.vision.segment;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.track.MaskTracker;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// Follows one object: what it looks like, where it was last, where it is going. Owns native memory.
///
/// One frame is [#look], whose belief is weighed against other objects' beliefs, then [#accept] of what is
/// left of it.
final class ObjectTracker implements AutoCloseable {

    private static final int LOCAL_CELL = 16;
    private static final float LOCAL_LIMIT = 3;
    private static final int MIN_CELLS = 10;
    /// Of a mask whose surroundings may be learnt.
    private static final double MIN_PRESENCE = 0.5;

    private final BilateralConfig config;
    private final Workspace workspace;
    private final FrameSize size;
    private final Mat mask;
    private final Mat lastGood;
    private final AppearanceModel appearanceModel;
    private final TrackMotion trackMotion;
    private MaskGeometry seen;
    private double presence;

    /// Begins with a frame in which the object's mask is known.
    ///
    /// - `tools`: lent for as long as this lives; `frame` and `first`, an 8-bit mask of its size: lent for the
    ///   call
    ObjectTracker(BilateralConfig config, Workspace workspace, WorkingImage image, Mat first) {
        this.config = config;
        this.workspace = workspace;
        size = image.size();
        mask = first.clone();
        lastGood = first.clone();
        seen = MaskGeometry.of(first);
        trackMotion = new TrackMotion(config, seen);
        appearanceModel =
                AppearanceModel.learn(config, image, first, trackMotion.matched(trackMotion.around(seen, size), 1));
    }

    private ObjectTracker(
            BilateralConfig config,
            Workspace workspace,
            FrameSize size,
            AppearanceModel appearanceModel,
            TrackMotion trackMotion,
            DataInput in)
            throws IOException {
        this.config = config;
        this.workspace = workspace;
        this.size = size;
        this.appearanceModel = appearanceModel;
        this.trackMotion = trackMotion;
        mask = new Mat(size.heightPixels(), size.widthPixels(), opencv_core.CV_8UC1);
        lastGood = new Mat(size.heightPixels(), size.widthPixels(), opencv_core.CV_8UC1);
        ObjectTrackerState.readBytes(in, mask);
        ObjectTrackerState.readBytes(in, lastGood);
        seen = MaskGeometry.of(mask);
    }

    /// Takes a mask that somebody drew or corrected: 8-bit, in `frame`; lent, both.
    void correct(WorkingImage image, Mat corrected) {
        corrected.copyTo(mask);
        corrected.copyTo(lastGood);
        seen = MaskGeometry.of(corrected);
        trackMotion.restart(seen);
        appearanceModel.learn(image, corrected, trackMotion.matched(trackMotion.around(seen, size), 1));
    }

    /// How likely each pixel near where the object must be belongs to it.
    ///
    /// - `objects`: how many share the time that there is for a frame
    MaskProbability look(FramePair framePair, int objects) {
        return trackMotion.isLost() ? lookAgain(framePair, objects) : lookOn(framePair, objects);
    }

    private MaskProbability lookOn(FramePair framePair, int objects) {
        Window window = trackMotion.around(seen, size);
        try (var windowView = new WindowView(window.within(1, (double) config.windowCells() / objects), framePair)) {
            return believed(weigh(windowView, trackMotion.matched(window, objects), framePair.now()));
        }
    }

    /// Without motion and local colours, which a lost object has left behind: by shape where it was, and by looks.
    private MaskProbability lookAgain(FramePair framePair, int objects) {
        trackMotion.settle();
        MaskGeometry good = MaskGeometry.of(lastGood);
        Window window = trackMotion.around(good, size);
        try (var windowView = new WindowView(window.within(1, (double) config.windowCells() / objects), framePair)) {
            Plane matched =
                    appearanceModel.match(framePair.now(), trackMotion.matched(window, objects), good.x(), good.y());
            Plane object = Reference.shares(lastGood, windowView.window());
            return believed(decideByLooks(windowView, object, looks(windowView, matched)));
        }
    }

    private MaskProbability believed(MaskProbability maskProbability) {
        presence = maskProbability.presence();
        return maskProbability;
    }

    /// Takes what is left of the belief as the object's mask in this frame: 8-bit, lent.
    void accept(Mat found) {
        seen = MaskGeometry.of(found);
        trackMotion.take(seen);
        if (seen.area() >= TrackMotion.MIN_PIXELS) {
            found.copyTo(mask);
        }
        boolean isGood = trackMotion.isGood(seen);
        appearanceModel.take(found, isGood && !trackMotion.isLost() && presence > MIN_PRESENCE);
        if (isGood) {
            found.copyTo(lastGood);
            trackMotion.settle();
        }
    }

    /// The object's mask in the last frame, 8-bit; lent.
    Mat mask() {
        return mask;
    }

    private MaskProbability weigh(WindowView windowView, Window matchedGrid, WorkingImage now) {
        Plane object = Reference.shares(mask, windowView.window());
        BackwardFlow backwardFlow = workspace.flow().find(windowView, object);
        Plane moved = backwardFlow.carry(object);
        double[] step = backwardFlow.step(moved);
        trackMotion.step(
                step[0] / windowView.window().scaleX(),
                step[1] / windowView.window().scaleY());
        double[] middle = middle(windowView.window(), moved, object);
        Looks looks = looks(windowView, appearanceModel.match(now, matchedGrid, middle[0], middle[1]));
        Plane evidence = shape(moved, config.shape());
        evidence.add(looks.all(), 1);
        evidence.add(localColours(windowView, backwardFlow, moved), config.localColour());
        evidence.add(MotionEvidence.of(backwardFlow, moved), config.motion());
        return orAfresh(decide(evidence, windowView, moved, looks), windowView, looks);
    }

    /// The belief that began with the carried mask, or one that begins with the last good mask, whichever is better.
    private MaskProbability orAfresh(MaskProbability carried, WindowView windowView, Looks looks) {
        try (var good = lastGoodNow()) {
            MaskProbability afresh = decideByLooks(windowView, Reference.shares(good, windowView.window()), looks);
            Plane all = looks.all()
                    .resized(carried.window().columns(), carried.window().rows());
            return HypothesisSelector.better(carried, afresh, all, trackMotion.defaultArea());
        }
    }

    /// The last good mask, moved as far as the object has gone since; the caller closes it.
    private Mat lastGoodNow() {
        var moved = new Mat();
        try (var away = trackMotion.away().toMat();
                var whole = lastGood.size()) {
            opencv_imgproc.warpAffine(lastGood, moved, away, whole);
        }
        return moved;
    }

    private MaskProbability decideByLooks(WindowView windowView, Plane object, Looks looks) {
        Plane evidence = shape(object, config.shapeWhenLost());
        evidence.add(looks.all(), 1);
        return decide(evidence, windowView, object, looks);
    }

    private MaskProbability decide(Plane evidence, WindowView windowView, Plane moved, Looks looks) {
        for (int i = 0; i < evidence.values().length; i++) {
            evidence.values()[i] = (float) (1 / (1 + Math.exp(-evidence.values()[i])));
        }
        workspace.filter().guideBy(windowView.greyNow());
        Plane probability = workspace.filter().smooth(evidence);
        MaskComponents.dropUnsupported(probability, moved, looks.matched());
        double likeness = probability.meanWhereAbove(0.5f, looks.matched());
        Window window = windowView.window().atScale(1);
        return new MaskProbability(
                window, probability.resized(window.columns(), window.rows()), 1 / (1 + Math.exp(-likeness)));
    }

    /// What each cell of a window looks like: `matched` is unweighted, `all` is weighted, with colours.
    private record Looks(Plane matched, Plane all) {}

    /// - `coarse`: what was matched, on whatever grid
    private Looks looks(WindowView windowView, Plane coarse) {
        Window grid = windowView.window();
        Plane matched = coarse.resized(grid.columns(), grid.rows());
        var all = Plane.zero(grid.columns(), grid.rows());
        all.add(appearanceModel.colours(windowView.bgrNow()), config.colour());
        all.add(matched, config.match());
        return new Looks(matched, all);
    }

    /// Where the object's middle should be in the working image: the moved mask's, unless most of it was lost.
    private double[] middle(Window grid, Plane moved, Plane object) {
        int cells = moved.countAbove(0.5f);
        if (cells < MIN_CELLS || cells < object.countAbove(0.5f) / 2) {
            return new double[] {seen.x() + trackMotion.velocityX(), seen.y() + trackMotion.velocityY()};
        }
        double[] middle = moved.middleOfAbove(0.5f);
        return new double[] {grid.toX(middle[0]), grid.toY(middle[1])};
    }

    private Plane shape(Plane moved, float weight) {
        int area = Math.max(1, moved.countAbove(0.5f));
        double blur = config.shapeBlur() * Math.max(0.5, Math.sqrt(area) / 80);
        Plane distance = SignedDistance.of(moved);
        for (int i = 0; i < distance.values().length; i++) {
            distance.values()[i] =
                    weight * (float) Math.clamp(distance.values()[i] / blur, -config.shapeLimit(), config.shapeLimit());
        }
        return distance;
    }

    private static Plane localColours(WindowView windowView, BackwardFlow backwardFlow, Plane moved) {
        try (var movedFrame = backwardFlow.carry(windowView.bgrBefore())) {
            int[] before = LocalColours.bins().of(movedFrame);
            int[] now = LocalColours.bins().of(windowView.bgrNow());
            return new LocalColours(LOCAL_CELL, LOCAL_LIMIT).evidence(before, moved, now);
        }
    }

    MaskTracker.MemoryUse memory() {
        long masks = 2L * size.widthPixels() * size.heightPixels();
        return appearanceModel.memory().plus(new MaskTracker.MemoryUse(0, masks));
    }

    void save(DataOutput out) throws IOException {
        appearanceModel.save(out);
        trackMotion.save(out);
        ObjectTrackerState.writeBytes(out, mask);
        ObjectTrackerState.writeBytes(out, lastGood);
    }

    static ObjectTracker restore(BilateralConfig config, Workspace workspace, FrameSize size, DataInput in)
            throws IOException {
        var appearanceModel = AppearanceModel.restore(config, in);
        return new ObjectTracker(config, workspace, size, appearanceModel, TrackMotion.restore(config, in), in);
    }

    @Override
    public void close() {
        mask.close();
        lastGood.close();
        appearanceModel.close();
    }
}
