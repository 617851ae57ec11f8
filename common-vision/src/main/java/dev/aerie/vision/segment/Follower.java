package dev.aerie.vision.segment;

import dev.aerie.video.PictureSize;
import dev.aerie.vision.track.MaskTracker;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// Follows one object: what it looks like, where it was last, where it is going. Owns native memory.
///
/// One picture is [#look], whose belief is weighed against other objects' beliefs, then [#accept] of what is
/// left of it.
final class Follower implements AutoCloseable {

    private static final int LOCAL_CELL = 16;
    private static final float LOCAL_LIMIT = 3;
    private static final int LEAST_CELLS = 10;

    private final BilateralConfig config;
    private final Tools tools;
    private final PictureSize size;
    private final Mat mask;
    private final Mat lastGood;
    private final Appearance appearance;
    private final Course course;
    private Silhouette seen;

    /// Begins with a picture in which the object's mask is known.
    ///
    /// - `tools`: lent for as long as this lives; `picture` and `first`, an 8-bit mask of its size: lent for the
    ///   call
    Follower(BilateralConfig config, Tools tools, WorkPicture picture, Mat first) {
        this.config = config;
        this.tools = tools;
        size = picture.size();
        mask = first.clone();
        lastGood = first.clone();
        seen = Silhouette.of(first);
        course = new Course(config, seen);
        appearance = Appearance.learn(config, picture, first, course.matched(course.around(seen, size), 1));
    }

    private Follower(
            BilateralConfig config, Tools tools, PictureSize size, Appearance appearance, Course course, DataInput in)
            throws IOException {
        this.config = config;
        this.tools = tools;
        this.size = size;
        this.appearance = appearance;
        this.course = course;
        mask = new Mat(size.heightPixels(), size.widthPixels(), opencv_core.CV_8UC1);
        lastGood = new Mat(size.heightPixels(), size.widthPixels(), opencv_core.CV_8UC1);
        SavedState.readBytes(in, mask);
        SavedState.readBytes(in, lastGood);
        seen = Silhouette.of(mask);
    }

    /// Takes a mask that somebody drew or corrected: 8-bit, in `picture`; lent, both.
    void correct(WorkPicture picture, Mat corrected) {
        corrected.copyTo(mask);
        corrected.copyTo(lastGood);
        seen = Silhouette.of(corrected);
        course.restart(seen);
        appearance.learn(picture, corrected, course.matched(course.around(seen, size), 1));
    }

    /// How likely each pixel near where the object must be belongs to it.
    ///
    /// - `objects`: how many share the time that there is for a picture
    Belief look(Scene scene, int objects) {
        boolean isLost = course.isLost();
        Mat from = isLost ? lastGood : mask;
        Silhouette before = isLost ? Silhouette.of(lastGood) : seen;
        Window window = course.around(before, size);
        Window grid = window.within(1, (double) config.windowCells() / objects);
        try (var view = new View(grid, scene)) {
            Plane object = Reference.shares(from, grid);
            Window matched = course.matched(window, objects);
            return isLost
                    ? lookAgain(view, grid, matched, object, scene.now())
                    : lookOn(view, grid, matched, object, scene.now());
        }
    }

    /// Takes what is left of the belief as the object's mask in this picture: 8-bit, lent.
    void accept(Mat found) {
        seen = Silhouette.of(found);
        course.take(seen);
        if (seen.area() >= Course.LEAST_PIXELS) {
            found.copyTo(mask);
        }
        if (course.isGood(seen)) {
            found.copyTo(lastGood);
        }
    }

    /// The object's mask in the last picture, 8-bit; lent.
    Mat mask() {
        return mask;
    }

    private Belief lookOn(View view, Window grid, Window matchedGrid, Plane object, WorkPicture now) {
        Backtrack backtrack = tools.flow().find(view, object);
        Plane moved = backtrack.carry(object);
        Plane matched = match(now, matchedGrid, grid, moved, object);
        Plane evidence = shape(moved, config.shape());
        evidence.add(appearance.colours(view.bgrNow()), config.colour());
        evidence.add(localColours(view, backtrack, moved), config.localColour());
        evidence.add(matched, config.match());
        evidence.add(MotionEvidence.of(backtrack, moved), config.motion());
        return decide(evidence, grid, view, moved, matched);
    }

    /// Without motion and local colours, which a lost object has left behind: by shape where it was, and by looks.
    private Belief lookAgain(View view, Window grid, Window matchedGrid, Plane object, WorkPicture now) {
        Plane matched = match(now, matchedGrid, grid, object, object);
        Plane evidence = shape(object, config.shapeWhenLost());
        evidence.add(appearance.colours(view.bgrNow()), config.colour());
        evidence.add(matched, config.match());
        return decide(evidence, grid, view, object, matched);
    }

    private Belief decide(Plane evidence, Window grid, View view, Plane moved, Plane matched) {
        for (int i = 0; i < evidence.values().length; i++) {
            evidence.values()[i] = (float) (1 / (1 + Math.exp(-evidence.values()[i])));
        }
        tools.filter().guideBy(view.greyNow());
        Plane probability = tools.filter().smooth(evidence);
        Parts.dropUnsupported(probability, moved, matched);
        double likeness = probability.meanWhereAbove(0.5f, matched);
        Window window = grid.atScale(1);
        return new Belief(window, probability.resized(window.columns(), window.rows()), 1 / (1 + Math.exp(-likeness)));
    }

    private Plane match(WorkPicture now, Window matchedGrid, Window grid, Plane moved, Plane object) {
        double x = seen.x() + course.velocityX();
        double y = seen.y() + course.velocityY();
        int cells = moved.countAbove(0.5f);
        if (cells >= LEAST_CELLS && cells >= object.countAbove(0.5f) / 2) {
            double[] middle = moved.middleOfAbove(0.5f);
            x = grid.toX(middle[0]);
            y = grid.toY(middle[1]);
        }
        return appearance.match(now, matchedGrid, x, y).resized(grid.columns(), grid.rows());
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

    private static Plane localColours(View view, Backtrack backtrack, Plane moved) {
        try (var movedPicture = backtrack.carry(view.bgrBefore())) {
            int[] before = LocalColours.bins().of(movedPicture);
            int[] now = LocalColours.bins().of(view.bgrNow());
            return new LocalColours(LOCAL_CELL, LOCAL_LIMIT).evidence(before, moved, now);
        }
    }

    MaskTracker.MemoryUse memory() {
        long masks = 2L * size.widthPixels() * size.heightPixels();
        return appearance.memory().plus(new MaskTracker.MemoryUse(0, masks));
    }

    void save(DataOutput out) throws IOException {
        appearance.save(out);
        course.save(out);
        SavedState.writeBytes(out, mask);
        SavedState.writeBytes(out, lastGood);
    }

    static Follower restore(BilateralConfig config, Tools tools, PictureSize size, DataInput in) throws IOException {
        var appearance = Appearance.restore(config, in);
        return new Follower(config, tools, size, appearance, Course.restore(config, in), in);
    }

    @Override
    public void close() {
        mask.close();
        lastGood.close();
        appearance.close();
    }
}
