package dev.aerie.vision.segment;

import dev.aerie.video.FrameSize;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Motion of an object: velocity, displacement since the last good mask, typical size, and whether it is lost.
final class TrackMotion {

    private static final double VELOCITY_KEEP_WEIGHT = 0.5;
    private static final double AREA_KEEP_WEIGHT = 0.95;
    /// Frames over which the steady velocity is averaged.
    private static final int STEADY_FRAMES = 15;
    private static final double MAX_SIDE_CHANGE = 0.05;
    static final int MIN_PIXELS = 20;
    /// Pixels round an object that are searched at least, and the smallest side of what is searched.
    private static final int MIN_PADDING = 24;

    private final BilateralConfig config;
    private double x;
    private double y;
    private double velocityX;
    private double velocityY;
    private double sidePixels;
    private double typicalArea;
    private double displacementX;
    private double displacementY;
    private double steadyX;
    private double steadyY;
    private int steadyFrames;
    private boolean lost;

    TrackMotion(BilateralConfig config, MaskGeometry first) {
        this.config = config;
        x = first.x();
        y = first.y();
        sidePixels = first.side();
        typicalArea = first.area();
    }

    /// Resets to a prompted mask.
    void restart(MaskGeometry geometry) {
        x = geometry.x();
        y = geometry.y();
        velocityX = 0;
        velocityY = 0;
        steadyFrames = 0;
        sidePixels = geometry.side();
        typicalArea = geometry.area();
        lost = false;
        resetDisplacement();
    }

    /// Takes the mask of the next frame.
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
        steadyFrames = Math.min(steadyFrames + 1, STEADY_FRAMES);
        steadyX += (geometry.x() - x - steadyX) / steadyFrames;
        steadyY += (geometry.y() - y - steadyY) / steadyFrames;
        x = geometry.x();
        y = geometry.y();
        if (!lost) {
            sidePixels =
                    Math.clamp(geometry.side(), sidePixels * (1 - MAX_SIDE_CHANGE), sidePixels * (1 + MAX_SIDE_CHANGE));
        }
    }

    /// Goes on from where the object is now, as it went.
    void goOn(MaskGeometry geometry) {
        x = geometry.x();
        y = geometry.y();
        lost = false;
        resetDisplacement();
    }

    /// Mean velocity of the last frames, in pixels to the right per frame.
    double steadyX() {
        return steadyFrames == 0 ? 0 : steadyX;
    }

    /// The same downwards.
    double steadyY() {
        return steadyFrames == 0 ? 0 : steadyY;
    }

    /// Adds the displacement since the previous frame, in pixels right and down.
    void addDisplacement(double right, double down) {
        displacementX += right;
        displacementY += down;
    }

    /// Resets the displacement: the mask is good, or the object is lost and the displacement was of something else.
    void resetDisplacement() {
        displacementX = 0;
        displacementY = 0;
    }

    /// The displacement since the last good mask.
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

    /// Whether the mask is large enough to be kept as the last good one.
    boolean isGood(MaskGeometry geometry) {
        return geometry.area() > config.goodFraction() * typicalArea;
    }

    double velocityX() {
        return velocityX;
    }

    double velocityY() {
        return velocityY;
    }

    /// The part of the working image that is searched for the object, on a grid of its pixels; at the nearest edge for
    /// an object that is outside.
    Window searchWindow(MaskGeometry object, FrameSize frame) {
        double padding = Math.max(MIN_PADDING, config.padding() * object.side());
        double rightward = lost ? 0 : velocityX;
        double downward = lost ? 0 : velocityY;
        int left = begin(object.left() - padding + Math.min(0, rightward), frame.widthPixels());
        int right = end(object.right() + padding + Math.max(0, rightward), left, frame.widthPixels());
        int top = begin(object.top() - padding + Math.min(0, downward), frame.heightPixels());
        int bottom = end(object.bottom() + padding + Math.max(0, downward), top, frame.heightPixels());
        return new Window(left, top, right - left, bottom - top, right - left, bottom - top);
    }

    private static int begin(double wanted, int pixels) {
        return (int) Math.clamp(wanted, 0, Math.max(0, pixels - MIN_PADDING));
    }

    private static int end(double wanted, int begin, int pixels) {
        return (int) Math.clamp(wanted, Math.min(pixels, begin + MIN_PADDING), pixels);
    }

    /// The coarse matching grid: the object covers about the same number of cells, whatever its size.
    ///
    /// - `objects`: number of objects that share the cells
    Window matchingGrid(Window window, int objects) {
        return window.within(config.matchingSide() / sidePixels, (double) config.matchingCells() / objects);
    }

    void save(DataOutput out) throws IOException {
        for (double value : new double[] {
            x, y, velocityX, velocityY, sidePixels, typicalArea, displacementX, displacementY, steadyX, steadyY
        }) {
            out.writeDouble(value);
        }
        out.writeInt(steadyFrames);
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
        motion.steadyX = in.readDouble();
        motion.steadyY = in.readDouble();
        motion.steadyFrames = in.readInt();
        motion.lost = in.readBoolean();
        return motion;
    }
}
