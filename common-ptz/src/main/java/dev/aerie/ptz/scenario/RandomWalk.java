package dev.aerie.ptz.scenario;

import java.util.random.RandomGenerator;

/// An angle whose speed wanders: an Ornstein-Uhlenbeck process, drawn beforehand.
final class RandomWalk {

    private static final double STEP_SECONDS = 0.02;

    private final double[] degrees;

    /// - `speed`: standard deviation of the speed, degrees/s
    /// - `memorySeconds`: in which the speed forgets itself to a third
    /// - `homing`: 1/s², with which it is pulled back to 0
    RandomWalk(double speed, double memorySeconds, double homing, double seconds, RandomGenerator random) {
        degrees = new double[(int) Math.ceil(seconds / STEP_SECONDS) + 2];
        double velocity = speed * random.nextGaussian();
        double kept = Math.exp(-STEP_SECONDS / memorySeconds);
        double drawn = speed * Math.sqrt(1 - kept * kept);
        for (int i = 1; i < degrees.length; i++) {
            velocity = kept * velocity + drawn * random.nextGaussian() - homing * degrees[i - 1] * STEP_SECONDS;
            degrees[i] = degrees[i - 1] + velocity * STEP_SECONDS;
        }
    }

    double at(double seconds) {
        double index = Math.clamp(seconds / STEP_SECONDS, 0, degrees.length - 1.001);
        int below = (int) index;
        return degrees[below] + (index - below) * (degrees[below + 1] - degrees[below]);
    }
}
