package dev.aerie.vision.segment;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.track.MaskTracker;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// Tracks one object: its appearance, its last mask, its motion. Owns native memory.
///
/// One frame is [#predict], whose probability competes with other objects', then [#update] with the resulting mask.
final class ObjectTracker implements AutoCloseable {

    private static final int LOCAL_CELL = 16;
    private static final float LOCAL_LIMIT = 3;
    private static final int MIN_CELLS = 10;
    /// Presence from which on a mask's background may be learnt.
    private static final double MIN_PRESENCE = 0.5;
    /// Of evidence in a contact with a twin: where it should be counts more, its looks less.
    private static final float CONTACT_SHAPE_WEIGHT = 2;

    private static final float CONTACT_APPEARANCE_WEIGHT = 0.5f;

    /// Margin of a contact beyond both boxes, in square roots of the object's area.
    private static final double CONTACT_MARGIN = 0.2;

    /// Colours of another object, in those of this one, from which on it is a twin.
    private static final double MIN_LIKENESS = 0.5;

    private final BilateralConfig config;
    private final Workspace workspace;
    private final FrameSize size;
    private final Mat mask;
    private final Mat lastGood;
    private final AppearanceModel appearanceModel;
    private final TrackMotion trackMotion;
    private MaskGeometry geometry;
    private double presence;
    private Optional<TwinContact> contact = Optional.empty();
    /// Whether the mask of the newest frame is to be learnt from, once the next frame comes.
    private boolean learns;

    /// Starts with a frame in which the object's mask is known.
    ///
    /// - `workspace`: lent for as long as this lives; `frame` and `first`, an 8-bit mask of its size: lent for the
    ///   call
    ObjectTracker(BilateralConfig config, Workspace workspace, WorkingImage image, Mat first) {
        this.config = config;
        this.workspace = workspace;
        size = image.size();
        mask = first.clone();
        lastGood = first.clone();
        geometry = MaskGeometry.of(first);
        trackMotion = new TrackMotion(config, geometry);
        appearanceModel = AppearanceModel.learn(
                config, image, first, trackMotion.matchingGrid(trackMotion.searchWindow(geometry, size), 1));
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
        geometry = MaskGeometry.of(mask);
    }

    /// Takes a prompted or corrected mask: 8-bit, in `image`; lent, both.
    void correct(WorkingImage image, Mat corrected) {
        learns = false;
        appearanceModel.skip();
        endContact();
        corrected.copyTo(mask);
        corrected.copyTo(lastGood);
        geometry = MaskGeometry.of(corrected);
        trackMotion.restart(geometry);
        appearanceModel.learn(image, corrected, trackMotion.matchingGrid(trackMotion.searchWindow(geometry, size), 1));
    }

    /// Probability of each pixel in the search window to belong to the object.
    ///
    /// - `objects`: number of objects that share the time per frame
    MaskProbability predict(FramePair framePair, int objects) {
        learn();
        if (contact.isPresent()) {
            return goOn(contact.get(), framePair, objects);
        }
        return trackMotion.isLost() ? redetect(framePair, objects) : propagate(framePair, objects);
    }

    /// Whether it will come so near to `other` in the next frame that their pixels may be mixed up.
    boolean isNear(ObjectTracker other) {
        double margin = CONTACT_MARGIN * Math.sqrt(trackMotion.typicalArea());
        return expected().isNear(other.expected(), margin);
    }

    private MaskGeometry expected() {
        return contact.map(TwinContact::geometry).orElse(geometry).moved(trackMotion.steadyX(), trackMotion.steadyY());
    }

    /// Whether `other` has the colours of this object, in `image`, the frame of both masks.
    boolean isLike(ObjectTracker other, WorkingImage image) {
        double own = meanColours(this, image);
        return own > 0 && meanColours(other, image) > MIN_LIKENESS * own;
    }

    /// How much the pixels of `other` have this object's colours, in nats.
    private double meanColours(ObjectTracker other, WorkingImage image) {
        Window box = other.geometry.window(size);
        try (var bgr = box.crop(image.bgr())) {
            return Reference.coverage(other.mask, box).meanWhereAbove(0.5f, appearanceModel.colours(bgr));
        }
    }

    boolean isInContact() {
        return contact.isPresent();
    }

    /// Meets a twin, or parts from it.
    void meet(boolean isMeeting) {
        if (isMeeting && contact.isEmpty() && !trackMotion.isLost() && !geometry.isEmpty()) {
            contact = Optional.of(new TwinContact(mask, geometry, trackMotion.steadyX(), trackMotion.steadyY()));
        } else if (contact.isPresent() && (!isMeeting || contact.get().isTooLong())) {
            endContact();
        }
    }

    private void endContact() {
        contact.ifPresent(TwinContact::close);
        contact = Optional.empty();
    }

    /// In a contact: by where it should be, and by appearance.
    private MaskProbability goOn(TwinContact ongoing, FramePair framePair, int objects) {
        ongoing.advance();
        Window window = trackMotion.searchWindow(ongoing.geometry(), size);
        try (var windowView = new WindowView(window.within(1, (double) config.windowCells() / objects), framePair);
                var expected = ongoing.mask()) {
            Plane matched = appearanceModel.match(
                    framePair.now(),
                    trackMotion.matchingGrid(window, objects),
                    ongoing.geometry().x(),
                    ongoing.geometry().y());
            Plane object = Reference.coverage(expected, windowView.window());
            Appearance appearance = appearance(windowView, matched);
            Plane evidence = shape(object, CONTACT_SHAPE_WEIGHT * config.shape());
            evidence.add(appearance.all(), CONTACT_APPEARANCE_WEIGHT);
            return remembering(decide(evidence, windowView, object, appearance));
        }
    }

    private MaskProbability propagate(FramePair framePair, int objects) {
        Window window = trackMotion.searchWindow(geometry, size);
        try (var windowView = new WindowView(window.within(1, (double) config.windowCells() / objects), framePair)) {
            return remembering(
                    predictPropagated(windowView, trackMotion.matchingGrid(window, objects), framePair.now()));
        }
    }

    /// Of a lost object: by the last good mask and by appearance, without motion and local colours.
    private MaskProbability redetect(FramePair framePair, int objects) {
        trackMotion.resetDisplacement();
        MaskGeometry lastGoodGeometry = MaskGeometry.of(lastGood);
        Window window = trackMotion.searchWindow(lastGoodGeometry, size);
        try (var windowView = new WindowView(window.within(1, (double) config.windowCells() / objects), framePair)) {
            Plane matched = appearanceModel.match(
                    framePair.now(),
                    trackMotion.matchingGrid(window, objects),
                    lastGoodGeometry.x(),
                    lastGoodGeometry.y());
            Plane object = Reference.coverage(lastGood, windowView.window());
            return remembering(decideByAppearance(windowView, object, appearance(windowView, matched)));
        }
    }

    private MaskProbability remembering(MaskProbability probability) {
        presence = probability.presence();
        return probability;
    }

    /// Takes the object's mask in this frame: 8-bit, lent. It is learnt from when the next frame comes, unless
    /// [#unlearn] is called before.
    void update(Mat found) {
        if (contact.isPresent()) {
            updateInContact(contact.get(), found);
            return;
        }
        geometry = MaskGeometry.of(found);
        trackMotion.update(geometry);
        if (geometry.area() >= TrackMotion.MIN_PIXELS) {
            found.copyTo(mask);
        }
        learns = trackMotion.isGood(geometry);
        if (!learns) {
            appearanceModel.skip();
        }
    }

    /// Nothing is learnt in a contact; the last good mask is where the object should be.
    private void updateInContact(TwinContact ongoing, Mat found) {
        appearanceModel.skip();
        geometry = ongoing.geometry();
        trackMotion.goOn(geometry);
        try (var expected = ongoing.mask()) {
            expected.copyTo(lastGood);
            boolean isSeen = MaskGeometry.of(found).area() > config.goodFraction() * trackMotion.typicalArea();
            (isSeen ? found : expected).copyTo(mask);
        }
    }

    /// The mask of the newest frame is not learnt from: it shows something else.
    void unlearn() {
        learns = false;
        appearanceModel.skip();
    }

    private void learn() {
        if (learns) {
            learns = false;
            appearanceModel.update(mask, !trackMotion.isLost() && presence > MIN_PRESENCE);
            mask.copyTo(lastGood);
            trackMotion.resetDisplacement();
        }
    }

    /// Whether the area has fallen below [BilateralConfig#lostFraction] of the typical area.
    boolean isLost() {
        return trackMotion.isLost();
    }

    /// Of the mask found last, in the working image.
    int areaPixels() {
        return geometry.area();
    }

    double typicalAreaPixels() {
        return trackMotion.typicalArea();
    }

    /// The object's mask in the last frame, 8-bit; lent.
    Mat mask() {
        return mask;
    }

    private MaskProbability predictPropagated(WindowView windowView, Window matchedGrid, WorkingImage now) {
        Plane object = Reference.coverage(mask, windowView.window());
        BackwardFlow backwardFlow = workspace.flow().find(windowView, object);
        Plane moved = backwardFlow.warp(object);
        double[] step = backwardFlow.medianDisplacement(moved);
        trackMotion.addDisplacement(
                step[0] / windowView.window().scaleX(),
                step[1] / windowView.window().scaleY());
        double[] centre = centre(windowView.window(), moved, object);
        Appearance appearance = appearance(windowView, appearanceModel.match(now, matchedGrid, centre[0], centre[1]));
        Plane evidence = shape(moved, config.shape());
        evidence.add(appearance.all(), 1);
        evidence.add(localColours(windowView, backwardFlow, moved), config.localColour());
        evidence.add(MotionEvidence.of(backwardFlow, moved), config.motion());
        return orRedetected(decide(evidence, windowView, moved, appearance), windowView, appearance);
    }

    /// The propagated mask, or the one redetected from the last good mask, whichever is better.
    private MaskProbability orRedetected(MaskProbability propagated, WindowView windowView, Appearance appearance) {
        try (var lastGoodGeometry = displacedLastGood()) {
            MaskProbability redetected = decideByAppearance(
                    windowView, Reference.coverage(lastGoodGeometry, windowView.window()), appearance);
            Plane all = appearance
                    .all()
                    .resized(propagated.window().columns(), propagated.window().rows());
            return HypothesisSelector.select(propagated, redetected, all, trackMotion.typicalArea());
        }
    }

    /// The last good mask, displaced by the object's motion since; the caller closes it.
    private Mat displacedLastGood() {
        var moved = new Mat();
        try (var displacement = trackMotion.displacement().toMat();
                var wholeSize = lastGood.size()) {
            opencv_imgproc.warpAffine(lastGood, moved, displacement, wholeSize);
        }
        return moved;
    }

    private MaskProbability decideByAppearance(WindowView windowView, Plane object, Appearance appearance) {
        Plane evidence = shape(object, config.shapeWhenLost());
        evidence.add(appearance.all(), 1);
        return decide(evidence, windowView, object, appearance);
    }

    private MaskProbability decide(Plane evidence, WindowView windowView, Plane moved, Appearance appearance) {
        for (int i = 0; i < evidence.values().length; i++) {
            evidence.values()[i] = (float) (1 / (1 + Math.exp(-evidence.values()[i])));
        }
        workspace.filter().guideBy(windowView.greyNow());
        Plane probability = workspace.filter().smooth(evidence);
        MaskComponents.dropUnsupported(probability, moved, appearance.matched());
        double meanMatch = probability.meanWhereAbove(0.5f, appearance.matched());
        Window window = windowView.window().atScale(1);
        return new MaskProbability(
                window, probability.resized(window.columns(), window.rows()), 1 / (1 + Math.exp(-meanMatch)));
    }

    /// Evidence of appearance of a window's cells: `matched` is unweighted, `all` is weighted, with colours.
    private record Appearance(Plane matched, Plane all) {}

    /// - `coarse`: evidence of matching, on any grid
    private Appearance appearance(WindowView windowView, Plane coarse) {
        Window grid = windowView.window();
        Plane matched = coarse.resized(grid.columns(), grid.rows());
        var all = Plane.zero(grid.columns(), grid.rows());
        all.add(appearanceModel.colours(windowView.bgrNow()), config.colour());
        all.add(matched, config.match());
        return new Appearance(matched, all);
    }

    /// The object's expected centre in the working image: the warped mask's, unless most of it was lost.
    private double[] centre(Window grid, Plane moved, Plane object) {
        int cells = moved.countAbove(0.5f);
        if (cells < MIN_CELLS || cells < object.countAbove(0.5f) / 2) {
            return new double[] {geometry.x() + trackMotion.velocityX(), geometry.y() + trackMotion.velocityY()};
        }
        double[] centre = moved.centroidAbove(0.5f);
        return new double[] {grid.toX(centre[0]), grid.toY(centre[1])};
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
        try (var movedFrame = backwardFlow.warp(windowView.bgrBefore())) {
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
        learn();
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
        endContact();
        mask.close();
        lastGood.close();
        appearanceModel.close();
    }
}
