package dev.aerie.vision.mot;

import dev.aerie.messages.Box;
import dev.aerie.vision.motion.CameraMotion;

/// A Kalman filter of a box: centre, aspect ratio and height, each with its speed per frame.
///
/// The noise is proportional to the height, so that near and far objects are treated alike. The four coordinates start
/// uncorrelated and are measured one by one, so the eight-dimensional filter of the paper is four of two dimensions.
/// Source: DeepSORT (Wojke et al. 2017), as ByteTrack uses it.
public final class KalmanBox implements BoxMotion {

    private static final double POSITION_SIGMA = 1.0 / 20;
    private static final double SPEED_SIGMA = 1.0 / 160;
    private static final double ASPECT_SIGMA = 1e-2;
    private static final double ASPECT_SPEED_SIGMA = 1e-5;
    private static final double ASPECT_MEASURED_SIGMA = 1e-1;
    private static final double MIN_SIDE_PIXELS = 1;

    private final KalmanAxis centreX;
    private final KalmanAxis centreY;
    private final KalmanAxis aspect;
    private final KalmanAxis height;

    public KalmanBox(Box first) {
        double sides = sideOf(first.heightPixels());
        double positionSigma = 2 * POSITION_SIGMA * sides;
        double speedSigma = 10 * SPEED_SIGMA * sides;
        centreX = new KalmanAxis(first.leftPixels() + first.widthPixels() / 2, positionSigma, speedSigma);
        centreY = new KalmanAxis(first.topPixels() + first.heightPixels() / 2, positionSigma, speedSigma);
        aspect = new KalmanAxis(sideOf(first.widthPixels()) / sides, ASPECT_SIGMA, ASPECT_SPEED_SIGMA);
        height = new KalmanAxis(sides, positionSigma, speedSigma);
    }

    @Override
    public void predict(long frames) {
        double positionSigma = POSITION_SIGMA * sideOf(height.position());
        double speedSigma = SPEED_SIGMA * sideOf(height.position());
        centreX.predict((double) frames, positionSigma, speedSigma);
        centreY.predict((double) frames, positionSigma, speedSigma);
        aspect.predict((double) frames, ASPECT_SIGMA, ASPECT_SPEED_SIGMA);
        height.predict((double) frames, positionSigma, speedSigma);
    }

    @Override
    public void correct(Box seen) {
        double sigma = POSITION_SIGMA * sideOf(height.position());
        double sides = sideOf(seen.heightPixels());
        centreX.correct(seen.leftPixels() + seen.widthPixels() / 2, sigma);
        centreY.correct(seen.topPixels() + seen.heightPixels() / 2, sigma);
        aspect.correct(sideOf(seen.widthPixels()) / sides, ASPECT_MEASURED_SIGMA);
        height.correct(sides, sigma);
    }

    @Override
    public void applyCameraMotion(CameraMotion motion) {
        double x = centreX.position();
        double y = centreY.position();
        double growth = motion.growthAt(x, y);
        centreX.transform(motion.mapX(x, y), growth);
        centreY.transform(motion.mapY(x, y), growth);
        height.transform(height.position() * growth, growth);
    }

    @Override
    public void keepSize() {
        height.stop();
    }

    @Override
    public Box box() {
        double sides = sideOf(height.position());
        double width = sideOf(aspect.position() * sides);
        return new Box(centreX.position() - width / 2, centreY.position() - sides / 2, width, sides);
    }

    private static double sideOf(double pixels) {
        return Math.max(MIN_SIDE_PIXELS, pixels);
    }
}
