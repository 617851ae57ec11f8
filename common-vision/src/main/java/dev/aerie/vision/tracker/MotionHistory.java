package dev.aerie.vision.tracker;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.FrameSize;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Last box, velocity, typical size and colours of an object: they tell the object from something else that its mask
/// has drifted onto. Immutable.
///
/// - `box`: the last one observed
/// - `velocity`: of its centre, pixels per frame
/// - `typicalAreaPixels`: running mean of the mask's area
record MotionHistory(
        MotionHistoryConfig config,
        Box box,
        Point velocity,
        double typicalAreaPixels,
        ColourHistogram colourHistogram) {

    static MotionHistory start(MotionHistoryConfig config, MaskObservation observed) {
        return new MotionHistory(
                config,
                observed.box(),
                new Point(0, 0),
                observed.mask().areaPixels(),
                observed.appearance().orElseThrow());
    }

    /// The predicted box, `frames` after the last observation.
    Box predicted(long frames) {
        long counted = Math.min(frames, config.maxPredictedFrames());
        return new Box(
                box.leftPixels() + velocity.xPixels() * counted,
                box.topPixels() + velocity.yPixels() * counted,
                box.widthPixels(),
                box.heightPixels());
    }

    /// Whether the object is out of the frame, `frames` after the last observation: the predicted box lies outside,
    /// or the object was leaving over an edge and its box is nearly outside or no longer predicted.
    boolean hasLeft(FrameSize frame, long frames) {
        Box expected = predicted(frames);
        double width = Math.min(frame.widthPixels(), expected.rightPixels()) - Math.max(0, expected.leftPixels());
        double height = Math.min(frame.heightPixels(), expected.bottomPixels()) - Math.max(0, expected.topPixels());
        double visible = Math.max(0, width) * Math.max(0, height);
        return visible == 0
                || (isLeaving(frame)
                        && (visible < config.minVisibleFraction() * expected.areaPixels()
                                || frames >= config.maxPredictedFrames()));
    }

    /// Whether it touched an edge of the frame when it was last observed and moved outwards there.
    private boolean isLeaving(FrameSize frame) {
        return (box.leftPixels() <= config.edgePixels() && velocity.xPixels() < -config.minLeavingPixelsPerFrame())
                || (box.topPixels() <= config.edgePixels() && velocity.yPixels() < -config.minLeavingPixelsPerFrame())
                || (box.rightPixels() >= frame.widthPixels() - config.edgePixels()
                        && velocity.xPixels() > config.minLeavingPixelsPerFrame())
                || (box.bottomPixels() >= frame.heightPixels() - config.edgePixels()
                        && velocity.yPixels() > config.minLeavingPixelsPerFrame());
    }

    /// Whether `observed` shows something else: it jumped or has an implausible size and other colours, or its
    /// colours have almost nothing in common with the object's.
    boolean isDrift(MaskObservation observed, long frames) {
        double similarity = observed.appearance().orElseThrow().similarity(colourHistogram);
        double growth = observed.mask().areaPixels() / typicalAreaPixels;
        boolean isImplausible =
                jumps(observed.box(), frames) || growth > config.maxGrowth() || growth < config.minGrowth();
        return similarity < (isImplausible ? config.minSimilarityOfJump() : config.minSimilarity());
    }

    MotionHistory updated(MaskObservation observed, long frames) {
        Point from = centre(box);
        Point to = centre(observed.box());
        double weight = config.velocityWeight() / Math.max(1, frames);
        double x = velocity.xPixels() * (1 - config.velocityWeight()) + (to.xPixels() - from.xPixels()) * weight;
        double y = velocity.yPixels() * (1 - config.velocityWeight()) + (to.yPixels() - from.yPixels()) * weight;
        double area =
                typicalAreaPixels * (1 - config.areaWeight()) + observed.mask().areaPixels() * config.areaWeight();
        return new MotionHistory(
                config,
                observed.box(),
                new Point(x, y),
                area,
                colourHistogram.blend(observed.appearance().orElseThrow(), config.appearanceWeight()));
    }

    void save(DataOutput out) throws IOException {
        for (double number : new double[] {
            box.leftPixels(),
            box.topPixels(),
            box.widthPixels(),
            box.heightPixels(),
            velocity.xPixels(),
            velocity.yPixels(),
            typicalAreaPixels
        }) {
            out.writeDouble(number);
        }
        colourHistogram.save(out);
    }

    static MotionHistory restore(MotionHistoryConfig config, DataInput in) throws IOException {
        var box = new Box(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
        var velocity = new Point(in.readDouble(), in.readDouble());
        return new MotionHistory(config, box, velocity, in.readDouble(), ColourHistogram.restore(in));
    }

    private boolean jumps(Box observed, long frames) {
        Box expected = predicted(frames);
        Point from = centre(expected);
        Point to = centre(observed);
        double distance = Math.hypot(to.xPixels() - from.xPixels(), to.yPixels() - from.yPixels());
        return expected.overlapWith(observed) == 0
                && distance > config.maxJumpDiagonals() * Math.hypot(box.widthPixels(), box.heightPixels());
    }

    private static Point centre(Box box) {
        return new Point(box.leftPixels() + box.widthPixels() / 2, box.topPixels() + box.heightPixels() / 2);
    }
}
