package dev.aerie.frames.tracker;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.FrameSize;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Where an object was last, how fast it went, how large and of which colours it usually is: what tells the object
/// from something else that its mask slid onto. Immutable.
///
/// - `box`: where it was believed to be last
/// - `velocity`: of its middle, pixels per frame
/// - `usualAreaPixels`: of its mask, slowly following
record MotionHistory(Box box, Point velocity, double typicalAreaPixels, ColourHistogram colourHistogram) {

    private static final double VELOCITY_UPDATE_WEIGHT = 0.5;
    private static final double AREA_UPDATE_WEIGHT = 0.1;
    private static final float APPEARANCE_UPDATE_WEIGHT = 0.05f;
    /// How far, in its own diagonals, a mask may lie from where the object should be.
    private static final double MAX_JUMP_DIAGONALS = 1.0;
    private static final double MAX_GROWTH = 4;
    private static final double MIN_GROWTH = 0.15;
    private static final double MIN_SIMILARITY_OF_JUMP = 0.55;
    private static final double MIN_SIMILARITY = 0.25;
    /// Longer than this, a velocity foretells nothing.
    private static final long MAX_PREDICTED_FRAMES = 15;
    private static final double MIN_VISIBLE_FRACTION = 0.3;
    private static final double EDGE_PIXELS = 3;
    /// Per frame.
    private static final double MIN_LEAVING_SPEED_PIXELS = 0.2;

    static MotionHistory start(Observation observed) {
        return new MotionHistory(
                observed.box(),
                new Point(0, 0),
                observed.mask().areaPixels(),
                observed.appearance().orElseThrow());
    }

    /// Where it should be `frames` after it was seen last.
    Box predicted(long frames) {
        long counted = Math.min(frames, MAX_PREDICTED_FRAMES);
        return new Box(
                box.leftPixels() + velocity.xPixels() * counted,
                box.topPixels() + velocity.yPixels() * counted,
                box.widthPixels(),
                box.heightPixels());
    }

    /// Whether it is out of the frame `frames` after it was seen last: its foretold box lies outside, or all but
    /// [#MIN_VISIBLE] of it does, or it touched an edge when it was seen last and went on outwards.
    boolean hasLeft(FrameSize frame, long frames) {
        Box expected = predicted(frames);
        double width = Math.min(frame.widthPixels(), expected.rightPixels()) - Math.max(0, expected.leftPixels());
        double height = Math.min(frame.heightPixels(), expected.bottomPixels()) - Math.max(0, expected.topPixels());
        double visible = Math.max(0, width) * Math.max(0, height);
        return visible == 0
                || (isLeaving(frame)
                        && (visible < MIN_VISIBLE_FRACTION * expected.areaPixels() || frames >= MAX_PREDICTED_FRAMES));
    }

    /// Whether it was last seen at an edge of the frame and goes out over that edge.
    private boolean isLeaving(FrameSize frame) {
        return (box.leftPixels() <= EDGE_PIXELS && velocity.xPixels() < -MIN_LEAVING_SPEED_PIXELS)
                || (box.topPixels() <= EDGE_PIXELS && velocity.yPixels() < -MIN_LEAVING_SPEED_PIXELS)
                || (box.rightPixels() >= frame.widthPixels() - EDGE_PIXELS
                        && velocity.xPixels() > MIN_LEAVING_SPEED_PIXELS)
                || (box.bottomPixels() >= frame.heightPixels() - EDGE_PIXELS
                        && velocity.yPixels() > MIN_LEAVING_SPEED_PIXELS);
    }

    /// Whether `seen` is something else: it leapt or changed its size beyond measure and has other colours, or its
    /// colours have nothing in common with the object's at all.
    boolean isDrift(Observation observed, long frames) {
        double similarity = observed.appearance().orElseThrow().similarity(colourHistogram);
        double growth = observed.mask().areaPixels() / typicalAreaPixels;
        boolean isImplausible = jumps(observed.box(), frames) || growth > MAX_GROWTH || growth < MIN_GROWTH;
        return similarity < (isImplausible ? MIN_SIMILARITY_OF_JUMP : MIN_SIMILARITY);
    }

    MotionHistory updated(Observation observed, long frames) {
        Point from = centre(box);
        Point to = centre(observed.box());
        double weight = VELOCITY_UPDATE_WEIGHT / Math.max(1, frames);
        double x = velocity.xPixels() * (1 - VELOCITY_UPDATE_WEIGHT) + (to.xPixels() - from.xPixels()) * weight;
        double y = velocity.yPixels() * (1 - VELOCITY_UPDATE_WEIGHT) + (to.yPixels() - from.yPixels()) * weight;
        double area =
                typicalAreaPixels * (1 - AREA_UPDATE_WEIGHT) + observed.mask().areaPixels() * AREA_UPDATE_WEIGHT;
        return new MotionHistory(
                observed.box(),
                new Point(x, y),
                area,
                colourHistogram.blend(observed.appearance().orElseThrow(), APPEARANCE_UPDATE_WEIGHT));
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

    static MotionHistory restore(DataInput in) throws IOException {
        var box = new Box(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
        var velocity = new Point(in.readDouble(), in.readDouble());
        return new MotionHistory(box, velocity, in.readDouble(), ColourHistogram.restore(in));
    }

    private boolean jumps(Box observed, long frames) {
        Box expected = predicted(frames);
        Point from = centre(expected);
        Point to = centre(observed);
        double distance = Math.hypot(to.xPixels() - from.xPixels(), to.yPixels() - from.yPixels());
        return expected.overlapWith(observed) == 0
                && distance > MAX_JUMP_DIAGONALS * Math.hypot(box.widthPixels(), box.heightPixels());
    }

    private static Point centre(Box box) {
        return new Point(box.leftPixels() + box.widthPixels() / 2, box.topPixels() + box.heightPixels() / 2);
    }
}
