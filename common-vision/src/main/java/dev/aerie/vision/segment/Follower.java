package dev.aerie.vision.segment;

import dev.aerie.video.PictureSize;
import dev.aerie.vision.track.MaskTracker;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// Follows one object: what it looks like, where it was last, where it is going. Owns native memory.
///
/// One picture is [#look], whose belief is weighed against other objects' beliefs, then [#accept] of what is
/// left of it.
final class Follower implements AutoCloseable {

    private static final int LOCAL_CELL = 16;
    private static final float LOCAL_LIMIT = 3;
    private static final int LEAST_CELLS = 10;
    /// Of a mask whose surroundings may be learnt.
    private static final double LEAST_PRESENCE = 0.5;

    private final BilateralConfig config;
    private final Tools tools;
    private final PictureSize size;
    private final Mat mask;
    private final Mat lastGood;
    private final Appearance appearance;
    private final Course course;
    private Silhouette seen;
    private double presence;

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
        return course.isLost() ? lookAgain(scene, objects) : lookOn(scene, objects);
    }

    private Belief lookOn(Scene scene, int objects) {
        Window window = course.around(seen, size);
        try (var view = new View(window.within(1, (double) config.windowCells() / objects), scene)) {
            return believed(weigh(view, course.matched(window, objects), scene.now()));
        }
    }

    /// Without motion and local colours, which a lost object has left behind: by shape where it was, and by looks.
    private Belief lookAgain(Scene scene, int objects) {
        course.settle();
        Silhouette good = Silhouette.of(lastGood);
        Window window = course.around(good, size);
        try (var view = new View(window.within(1, (double) config.windowCells() / objects), scene)) {
            Plane matched = appearance.match(scene.now(), course.matched(window, objects), good.x(), good.y());
            Plane object = Reference.shares(lastGood, view.window());
            return believed(decideByLooks(view, object, looks(view, matched)));
        }
    }

    private Belief believed(Belief belief) {
        presence = belief.presence();
        return belief;
    }

    /// Takes what is left of the belief as the object's mask in this picture: 8-bit, lent.
    void accept(Mat found) {
        seen = Silhouette.of(found);
        course.take(seen);
        if (seen.area() >= Course.LEAST_PIXELS) {
            found.copyTo(mask);
        }
        boolean isGood = course.isGood(seen);
        appearance.take(found, isGood && !course.isLost() && presence > LEAST_PRESENCE);
        if (isGood) {
            found.copyTo(lastGood);
            course.settle();
        }
    }

    /// The object's mask in the last picture, 8-bit; lent.
    Mat mask() {
        return mask;
    }

    private Belief weigh(View view, Window matchedGrid, WorkPicture now) {
        Plane object = Reference.shares(mask, view.window());
        Backtrack backtrack = tools.flow().find(view, object);
        Plane moved = backtrack.carry(object);
        double[] step = backtrack.step(moved);
        course.step(step[0] / view.window().scaleX(), step[1] / view.window().scaleY());
        double[] middle = middle(view.window(), moved, object);
        Looks looks = looks(view, appearance.match(now, matchedGrid, middle[0], middle[1]));
        Plane evidence = shape(moved, config.shape());
        evidence.add(looks.all(), 1);
        evidence.add(localColours(view, backtrack, moved), config.localColour());
        evidence.add(MotionEvidence.of(backtrack, moved), config.motion());
        return orAfresh(decide(evidence, view, moved, looks), view, looks);
    }

    /// The belief that began with the carried mask, or one that begins with the last good mask, whichever is better.
    private Belief orAfresh(Belief carried, View view, Looks looks) {
        try (var good = lastGoodNow()) {
            Belief afresh = decideByLooks(view, Reference.shares(good, view.window()), looks);
            Plane all = looks.all()
                    .resized(carried.window().columns(), carried.window().rows());
            return Rivals.better(carried, afresh, all, course.usualArea());
        }
    }

    /// The last good mask, moved as far as the object has gone since; the caller closes it.
    private Mat lastGoodNow() {
        var moved = new Mat();
        try (var away = course.away().toMat();
                var whole = lastGood.size()) {
            opencv_imgproc.warpAffine(lastGood, moved, away, whole);
        }
        return moved;
    }

    private Belief decideByLooks(View view, Plane object, Looks looks) {
        Plane evidence = shape(object, config.shapeWhenLost());
        evidence.add(looks.all(), 1);
        return decide(evidence, view, object, looks);
    }

    private Belief decide(Plane evidence, View view, Plane moved, Looks looks) {
        for (int i = 0; i < evidence.values().length; i++) {
            evidence.values()[i] = (float) (1 / (1 + Math.exp(-evidence.values()[i])));
        }
        tools.filter().guideBy(view.greyNow());
        Plane probability = tools.filter().smooth(evidence);
        Parts.dropUnsupported(probability, moved, looks.matched());
        double likeness = probability.meanWhereAbove(0.5f, looks.matched());
        Window window = view.window().atScale(1);
        return new Belief(window, probability.resized(window.columns(), window.rows()), 1 / (1 + Math.exp(-likeness)));
    }

    /// What each cell of a window looks like: `matched` is unweighted, `all` is weighted, with colours.
    private record Looks(Plane matched, Plane all) {}

    /// - `coarse`: what was matched, on whatever grid
    private Looks looks(View view, Plane coarse) {
        Window grid = view.window();
        Plane matched = coarse.resized(grid.columns(), grid.rows());
        var all = Plane.zero(grid.columns(), grid.rows());
        all.add(appearance.colours(view.bgrNow()), config.colour());
        all.add(matched, config.match());
        return new Looks(matched, all);
    }

    /// Where the object's middle should be in the working picture: the moved mask's, unless most of it was lost.
    private double[] middle(Window grid, Plane moved, Plane object) {
        int cells = moved.countAbove(0.5f);
        if (cells < LEAST_CELLS || cells < object.countAbove(0.5f) / 2) {
            return new double[] {seen.x() + course.velocityX(), seen.y() + course.velocityY()};
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
