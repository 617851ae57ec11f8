package dev.aerie.vision.mot;

import dev.aerie.messages.Box;
import dev.aerie.vision.motion.CameraMotion;

/// A box that moves with nearly constant speed: centre, width and height, each with its speed per frame.
///
/// The noise of horizontal coordinates is proportional to the width, that of vertical ones to the height. The four
/// coordinates start uncorrelated and are measured one by one, so the eight-dimensional filter of the paper is four of
/// two dimensions. Source: BoT-SORT (Aharon et al. 2022), section 3.1.
final class KalmanSides implements BoxMotion {

    private static final double POSITION_SIGMA = 1.0 / 20;
    private static final double MIN_SIDE_PIXELS = 1;

    private final double speedSigma;
    private final KalmanAxis centreX;
    private final KalmanAxis centreY;
    private final KalmanAxis width;
    private final KalmanAxis height;

    /// - `speedNoise`: standard deviation of the change of speed from frame to frame, as a fraction of the side
    KalmanSides(Box first, double speedNoise) {
        speedSigma = speedNoise;
        double across = sideOf(first.widthPixels());
        double down = sideOf(first.heightPixels());
        centreX = axis(first.leftPixels() + first.widthPixels() / 2, across);
        centreY = axis(first.topPixels() + first.heightPixels() / 2, down);
        width = axis(across, across);
        height = axis(down, down);
    }

    private KalmanAxis axis(double position, double side) {
        return new KalmanAxis(position, 2 * POSITION_SIGMA * side, 10 * speedSigma * side);
    }

    /// Becomes as `other` is.
    void become(KalmanSides other) {
        centreX.become(other.centreX);
        centreY.become(other.centreY);
        width.become(other.width);
        height.become(other.height);
    }

    @Override
    public void predict(long frames) {
        double across = sideOf(width.position());
        double down = sideOf(height.position());
        centreX.predict((double) frames, POSITION_SIGMA * across, speedSigma * across);
        width.predict((double) frames, POSITION_SIGMA * across, speedSigma * across);
        centreY.predict((double) frames, POSITION_SIGMA * down, speedSigma * down);
        height.predict((double) frames, POSITION_SIGMA * down, speedSigma * down);
    }

    @Override
    public void correct(Box seen) {
        double acrossSigma = POSITION_SIGMA * sideOf(width.position());
        double downSigma = POSITION_SIGMA * sideOf(height.position());
        centreX.correct(seen.leftPixels() + seen.widthPixels() / 2, acrossSigma);
        width.correct(sideOf(seen.widthPixels()), acrossSigma);
        centreY.correct(seen.topPixels() + seen.heightPixels() / 2, downSigma);
        height.correct(sideOf(seen.heightPixels()), downSigma);
    }

    @Override
    public void applyCameraMotion(CameraMotion motion) {
        double x = centreX.position();
        double y = centreY.position();
        double growth = motion.growthAt(x, y);
        centreX.transform(motion.mapX(x, y), growth);
        centreY.transform(motion.mapY(x, y), growth);
        width.transform(width.position() * growth, growth);
        height.transform(height.position() * growth, growth);
    }

    @Override
    public void keepSize() {
        width.stop();
        height.stop();
    }

    @Override
    public Box box() {
        double across = sideOf(width.position());
        double down = sideOf(height.position());
        return new Box(centreX.position() - across / 2, centreY.position() - down / 2, across, down);
    }

    private static double sideOf(double pixels) {
        return Math.max(MIN_SIDE_PIXELS, pixels);
    }
}
