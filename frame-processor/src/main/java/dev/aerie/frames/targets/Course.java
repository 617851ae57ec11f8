package dev.aerie.frames.targets;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.PictureSize;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Where an object was last, how fast it went, how large and of which colours it usually is: what tells the object
/// from something else that its mask slid onto. Immutable.
///
/// - `box`: where it was believed to be last
/// - `velocity`: of its middle, pixels per frame
/// - `usualAreaPixels`: of its mask, slowly following
record Course(Box box, Point velocity, double usualAreaPixels, Appearance appearance) {

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
    private static final double LEAST_VISIBLE = 0.3;
    private static final double EDGE_PIXELS = 3;
    /// Per frame.
    private static final double OUTWARDS_PIXELS = 0.2;

    static Course begin(Observation seen) {
        return new Course(
                seen.box(),
                new Point(0, 0),
                seen.mask().areaPixels(),
                seen.appearance().orElseThrow());
    }

    /// Where it should be `frames` after it was seen last.
    Box foretold(long frames) {
        long counted = Math.min(frames, FORETOLD_FRAMES);
        return new Box(
                box.leftPixels() + velocity.xPixels() * counted,
                box.topPixels() + velocity.yPixels() * counted,
                box.widthPixels(),
                box.heightPixels());
    }

    /// Whether it is out of the frame `frames` after it was seen last: its foretold box lies outside, or all but
    /// [#LEAST_VISIBLE] of it does, or it touched an edge when it was seen last and went on outwards.
    boolean hasLeft(PictureSize frame, long frames) {
        Box expected = foretold(frames);
        double width = Math.min(frame.widthPixels(), expected.rightPixels()) - Math.max(0, expected.leftPixels());
        double height = Math.min(frame.heightPixels(), expected.bottomPixels()) - Math.max(0, expected.topPixels());
        double visible = Math.max(0, width) * Math.max(0, height);
        return visible == 0
                || (goesOutwards(frame)
                        && (visible < LEAST_VISIBLE * expected.areaPixels() || frames >= FORETOLD_FRAMES));
    }

    /// Whether it was last seen at an edge of the frame and goes out over that edge.
    private boolean goesOutwards(PictureSize frame) {
        return (box.leftPixels() <= EDGE_PIXELS && velocity.xPixels() < -OUTWARDS_PIXELS)
                || (box.topPixels() <= EDGE_PIXELS && velocity.yPixels() < -OUTWARDS_PIXELS)
                || (box.rightPixels() >= frame.widthPixels() - EDGE_PIXELS && velocity.xPixels() > OUTWARDS_PIXELS)
                || (box.bottomPixels() >= frame.heightPixels() - EDGE_PIXELS && velocity.yPixels() > OUTWARDS_PIXELS);
    }

    /// Whether `seen` is something else: it leapt or changed its size beyond measure and has other colours, or its
    /// colours have nothing in common with the object's at all.
    boolean isDrift(Observation seen, long frames) {
        double likeness = seen.appearance().orElseThrow().likeness(appearance);
        double growth = seen.mask().areaPixels() / usualAreaPixels;
        boolean isOdd = leaps(seen.box(), frames) || growth > SWOLLEN || growth < SHRUNK;
        return likeness < (isOdd ? SAME_COLOURS : OTHER_COLOURS);
    }

    Course after(Observation seen, long frames) {
        Point from = middle(box);
        Point to = middle(seen.box());
        double share = VELOCITY_SHARE / Math.max(1, frames);
        double x = velocity.xPixels() * (1 - VELOCITY_SHARE) + (to.xPixels() - from.xPixels()) * share;
        double y = velocity.yPixels() * (1 - VELOCITY_SHARE) + (to.yPixels() - from.yPixels()) * share;
        double area = usualAreaPixels * (1 - AREA_SHARE) + seen.mask().areaPixels() * AREA_SHARE;
        return new Course(
                seen.box(),
                new Point(x, y),
                area,
                appearance.towards(seen.appearance().orElseThrow(), APPEARANCE_SHARE));
    }

    void save(DataOutput out) throws IOException {
        for (double number : new double[] {
            box.leftPixels(),
            box.topPixels(),
            box.widthPixels(),
            box.heightPixels(),
            velocity.xPixels(),
            velocity.yPixels(),
            usualAreaPixels
        }) {
            out.writeDouble(number);
        }
        appearance.save(out);
    }

    static Course restore(DataInput in) throws IOException {
        var box = new Box(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
        var velocity = new Point(in.readDouble(), in.readDouble());
        return new Course(box, velocity, in.readDouble(), Appearance.restore(in));
    }

    private boolean leaps(Box seen, long frames) {
        Box expected = foretold(frames);
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
