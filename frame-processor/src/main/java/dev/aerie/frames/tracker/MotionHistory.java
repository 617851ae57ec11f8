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
record MotionHistory(Box box, Point velocity, double defaultAreaPixels, ColourHistogram colourHistogram) {

    private static final double VELOCITY_SHARE = 0.5;
    private static final double AREA_SHARE = 0.1;
    private static final float APPEARANCE_SHARE = 0.05f;
    /// How far, in its own diagonals, a mask may lie from where the object should be.
    private static final double JUMP_DIAGONALS = 1.0;
    private static final double SWOLLEN = 4;
    private static final double SHRUNK = 0.15;
    private static final double SAME_COLOURS = 0.55;
    private static final double OTHER_COLOURS = 0.25;
    /// Longer than this, a velocity foretells nothing.
    private static final long FORETOLD_FRAMES = 15;
    private static final double MIN_VISIBLE = 0.3;
    private static final double EDGE_PIXELS = 3;
    /// Per frame.
    private static final double OUTWARDS_PIXELS = 0.2;

    static MotionHistory begin(Observation seen) {
        return new MotionHistory(
                seen.box(),
                new Point(0, 0),
                seen.mask().areaPixels(),
                seen.appearance().orElseThrow());
    }

    /// Where it should be `frames` after it was seen last.
    Box predicted(long frames) {
        long counted = Math.min(frames, FORETOLD_FRAMES);
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
                || (goesOutwards(frame)
                        && (visible < MIN_VISIBLE * expected.areaPixels() || frames >= FORETOLD_FRAMES));
    }

    /// Whether it was last seen at an edge of the frame and goes out over that edge.
    private boolean goesOutwards(FrameSize frame) {
        return (box.leftPixels() <= EDGE_PIXELS && velocity.xPixels() < -OUTWARDS_PIXELS)
                || (box.topPixels() <= EDGE_PIXELS && velocity.yPixels() < -OUTWARDS_PIXELS)
                || (box.rightPixels() >= frame.widthPixels() - EDGE_PIXELS && velocity.xPixels() > OUTWARDS_PIXELS)
                || (box.bottomPixels() >= frame.heightPixels() - EDGE_PIXELS && velocity.yPixels() > OUTWARDS_PIXELS);
    }

    /// Whether `seen` is something else: it leapt or changed its size beyond measure and has other colours, or its
    /// colours have nothing in common with the object's at all.
    boolean isDrift(Observation seen, long frames) {
        double likeness = seen.appearance().orElseThrow().likeness(colourHistogram);
        double growth = seen.mask().areaPixels() / defaultAreaPixels;
        boolean isOdd = leaps(seen.box(), frames) || growth > SWOLLEN || growth < SHRUNK;
        return likeness < (isOdd ? SAME_COLOURS : OTHER_COLOURS);
    }

    MotionHistory after(Observation seen, long frames) {
        Point from = middle(box);
        Point to = middle(seen.box());
        double share = VELOCITY_SHARE / Math.max(1, frames);
        double x = velocity.xPixels() * (1 - VELOCITY_SHARE) + (to.xPixels() - from.xPixels()) * share;
        double y = velocity.yPixels() * (1 - VELOCITY_SHARE) + (to.yPixels() - from.yPixels()) * share;
        double area = defaultAreaPixels * (1 - AREA_SHARE) + seen.mask().areaPixels() * AREA_SHARE;
        return new MotionHistory(
                seen.box(),
                new Point(x, y),
                area,
                colourHistogram.towards(seen.appearance().orElseThrow(), APPEARANCE_SHARE));
    }

    void save(DataOutput out) throws IOException {
        for (double number : new double[] {
            box.leftPixels(),
            box.topPixels(),
            box.widthPixels(),
            box.heightPixels(),
            velocity.xPixels(),
            velocity.yPixels(),
            defaultAreaPixels
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

    private boolean leaps(Box seen, long frames) {
        Box expected = predicted(frames);
        Point from = middle(expected);
        Point to = middle(seen);
        double distance = Math.hypot(to.xPixels() - from.xPixels(), to.yPixels() - from.yPixels());
        return expected.overlapWith(seen) == 0
                && distance > JUMP_DIAGONALS * Math.hypot(box.widthPixels(), box.heightPixels());
    }

    private static Point middle(Box box) {
        return new Point(box.leftPixels() + box.widthPixels() / 2, box.topPixels() + box.heightPixels() / 2);
    }
}
