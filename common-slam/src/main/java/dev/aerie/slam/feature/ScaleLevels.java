package dev.aerie.slam.feature;

/// The sizes in which a frame is looked at: 8 levels, each smaller by 1.2, as ORB-SLAM has them.
public final class ScaleLevels {

    public static final int COUNT = 8;

    private static final double FACTOR = 1.2;
    private static final double LOG_FACTOR = StrictMath.log(FACTOR);
    private static final double[] SCALE = scales();

    private ScaleLevels() {}

    private static double[] scales() {
        double[] scales = new double[COUNT];
        for (int level = 0; level < COUNT; level++) {
            scales[level] = StrictMath.pow(FACTOR, level);
        }
        return scales;
    }

    /// How many pixels of the frame one pixel of a level covers, ≥ 1.
    public static double scale(int octave) {
        return SCALE[octave];
    }

    /// One over the variance of a keypoint's place, in 1 / pixels²: a pixel of its level is its standard
    /// deviation.
    public static double information(int octave) {
        return 1 / (SCALE[octave] * SCALE[octave]);
    }

    /// The level in which a point is expected that is seen `ratio` times nearer than where it shows in level 0.
    ///
    /// - `ratio`: largest distance at which the point can be seen, over its distance now
    public static int octaveFor(double ratio) {
        int octave = (int) Math.ceil(StrictMath.log(Math.max(ratio, 1e-9)) / LOG_FACTOR);
        return Math.clamp(octave, 0, COUNT - 1);
    }
}
