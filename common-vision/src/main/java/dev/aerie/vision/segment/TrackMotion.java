package dev.aerie.vision.segment;

import dev.aerie.video.FrameSize;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Where an object is going, how far it went since it was last seen well, and how large it usually is; whether it was
/// lost on the way.
final class TrackMotion {

    private static final double VELOCITY_MEMORY = 0.5;
    private static final double AREA_MEMORY = 0.95;
    private static final double SIDE_CHANGE = 0.05;
    static final int MIN_PIXELS = 20;

    private final BilateralConfig config;
    private double x;
    private double y;
    private double velocityX;
    private double velocityY;
    private double sidePixels;
    private double defaultArea;
    private double awayX;
    private double awayY;
    private boolean lost;

    TrackMotion(BilateralConfig config, MaskGeometry first) {
        this.config = config;
        x = first.x();
        y = first.y();
        sidePixels = first.side();
        defaultArea = first.area();
    }

    /// Begins anew where somebody said it is.
    void restart(MaskGeometry shown) {
        x = shown.x();
        y = shown.y();
        velocityX = 0;
        velocityY = 0;
        sidePixels = shown.side();
        defaultArea = shown.area();
        lost = false;
        settle();
    }

    /// Takes note of what was seen in the next frame.
    void take(MaskGeometry seen) {
        lost = seen.area() < config.lostShare() * defaultArea;
        if (!lost) {
            defaultArea = AREA_MEMORY * defaultArea + (1 - AREA_MEMORY) * seen.area();
        }
        if (seen.area() < MIN_PIXELS) {
            return;
        }
        velocityX = VELOCITY_MEMORY * velocityX + (1 - VELOCITY_MEMORY) * (seen.x() - x);
        velocityY = VELOCITY_MEMORY * velocityY + (1 - VELOCITY_MEMORY) * (seen.y() - y);
        x = seen.x();
        y = seen.y();
        if (!lost) {
            sidePixels = Math.clamp(seen.side(), sidePixels * (1 - SIDE_CHANGE), sidePixels * (1 + SIDE_CHANGE));
        }
    }

    /// Takes note of a step since the frame before, in pixels right and down.
    void step(double right, double down) {
        awayX += right;
        awayY += down;
    }

    /// Counts steps anew: the object is seen well, or it is lost and what they followed was something else.
    void settle() {
        awayX = 0;
        awayY = 0;
    }

    /// The steps since the object was seen well.
    Affine away() {
        return new Affine(1, 0, awayX, 0, 1, awayY);
    }

    /// In pixels.
    double defaultArea() {
        return defaultArea;
    }

    boolean isLost() {
        return lost;
    }

    /// Whether so much was seen that the mask is worth remembering.
    boolean isGood(MaskGeometry seen) {
        return seen.area() > config.goodShare() * defaultArea;
    }

    double velocityX() {
        return velocityX;
    }

    double velocityY() {
        return velocityY;
    }

    /// The part of the working image in which the object is looked for, on a grid of its own pixels.
    Window around(MaskGeometry object, FrameSize frame) {
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
    Window matched(Window window, int objects) {
        return window.within(config.matchedSide() / sidePixels, (double) config.matchedCells() / objects);
    }

    void save(DataOutput out) throws IOException {
        for (double value : new double[] {x, y, velocityX, velocityY, sidePixels, defaultArea, awayX, awayY}) {
            out.writeDouble(value);
        }
        out.writeBoolean(lost);
    }

    static TrackMotion restore(BilateralConfig config, DataInput in) throws IOException {
        var trackMotion = new TrackMotion(config, MaskGeometry.NONE);
        trackMotion.x = in.readDouble();
        trackMotion.y = in.readDouble();
        trackMotion.velocityX = in.readDouble();
        trackMotion.velocityY = in.readDouble();
        trackMotion.sidePixels = in.readDouble();
        trackMotion.defaultArea = in.readDouble();
        trackMotion.awayX = in.readDouble();
        trackMotion.awayY = in.readDouble();
        trackMotion.lost = in.readBoolean();
        return trackMotion;
    }
}
