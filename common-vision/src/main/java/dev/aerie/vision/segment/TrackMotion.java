package dev.aerie.vision.segment;

import dev.aerie.video.FrameSize;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Where an object is going, how far it went since it was last seen well, and how large it usually is; whether it was
/// lost on the way.
final class TrackMotion {

    private static final double VELOCITY_KEEP_WEIGHT = 0.5;
    private static final double AREA_KEEP_WEIGHT = 0.95;
    private static final double MAX_SIDE_CHANGE = 0.05;
    static final int MIN_PIXELS = 20;

    private final BilateralConfig config;
    private double x;
    private double y;
    private double velocityX;
    private double velocityY;
    private double sidePixels;
    private double typicalArea;
    private double displacementX;
    private double displacementY;
    private boolean lost;

    TrackMotion(BilateralConfig config, MaskGeometry first) {
        this.config = config;
        x = first.x();
        y = first.y();
        sidePixels = first.side();
        typicalArea = first.area();
    }

    /// Begins anew where somebody said it is.
    void restart(MaskGeometry geometry) {
        x = geometry.x();
        y = geometry.y();
        velocityX = 0;
        velocityY = 0;
        sidePixels = geometry.side();
        typicalArea = geometry.area();
        lost = false;
        resetDisplacement();
    }

    /// Takes note of what was seen in the next frame.
    void update(MaskGeometry geometry) {
        lost = geometry.area() < config.lostFraction() * typicalArea;
        if (!lost) {
            typicalArea = AREA_KEEP_WEIGHT * typicalArea + (1 - AREA_KEEP_WEIGHT) * geometry.area();
        }
        if (geometry.area() < MIN_PIXELS) {
            return;
        }
        velocityX = VELOCITY_KEEP_WEIGHT * velocityX + (1 - VELOCITY_KEEP_WEIGHT) * (geometry.x() - x);
        velocityY = VELOCITY_KEEP_WEIGHT * velocityY + (1 - VELOCITY_KEEP_WEIGHT) * (geometry.y() - y);
        x = geometry.x();
        y = geometry.y();
        if (!lost) {
            sidePixels =
                    Math.clamp(geometry.side(), sidePixels * (1 - MAX_SIDE_CHANGE), sidePixels * (1 + MAX_SIDE_CHANGE));
        }
    }

    /// Takes note of a step since the frame before, in pixels right and down.
    void addDisplacement(double right, double down) {
        displacementX += right;
        displacementY += down;
    }

    /// Counts steps anew: the object is seen well, or it is lost and what they followed was something else.
    void resetDisplacement() {
        displacementX = 0;
        displacementY = 0;
    }

    /// The steps since the object was seen well.
    Affine displacement() {
        return new Affine(1, 0, displacementX, 0, 1, displacementY);
    }

    /// In pixels.
    double typicalArea() {
        return typicalArea;
    }

    boolean isLost() {
        return lost;
    }

    /// Whether so much was seen that the mask is worth remembering.
    boolean isGood(MaskGeometry geometry) {
        return geometry.area() > config.goodFraction() * typicalArea;
    }

    double velocityX() {
        return velocityX;
    }

    double velocityY() {
        return velocityY;
    }

    /// The part of the working image in which the object is looked for, on a grid of its own pixels.
    Window searchWindow(MaskGeometry object, FrameSize frame) {
        double padding = Math.max(24, config.padding() * object.side());
        double rightward = lost ? 0 : velocityX;
        double downward = lost ? 0 : velocityY;
        int left = (int) Math.max(0, object.left() - padding + Math.min(0, rightward));
        int right = (int) Math.min(frame.widthPixels(), object.right() + padding + Math.max(0, rightward));
        int top = (int) Math.max(0, object.top() - padding + Math.min(0, downward));
        int bottom = (int) Math.min(frame.heightPixels(), object.bottom() + padding + Math.max(0, downward));
        return new Window(left, top, right - left, bottom - top, right - left, bottom - top);
    }

    /// The coarse grid on which the object is matched: about as many cells on the object, however large it is.
    ///
    /// - `objects`: how many share the cells that there is time for
    Window matchingGrid(Window window, int objects) {
        return window.within(config.matchingSide() / sidePixels, (double) config.matchingCells() / objects);
    }

    void save(DataOutput out) throws IOException {
        for (double value :
                new double[] {x, y, velocityX, velocityY, sidePixels, typicalArea, displacementX, displacementY}) {
            out.writeDouble(value);
        }
        out.writeBoolean(lost);
    }

    static TrackMotion restore(BilateralConfig config, DataInput in) throws IOException {
        var motion = new TrackMotion(config, MaskGeometry.NONE);
        motion.x = in.readDouble();
        motion.y = in.readDouble();
        motion.velocityX = in.readDouble();
        motion.velocityY = in.readDouble();
        motion.sidePixels = in.readDouble();
        motion.typicalArea = in.readDouble();
        motion.displacementX = in.readDouble();
        motion.displacementY = in.readDouble();
        motion.lost = in.readBoolean();
        return motion;
    }
}
