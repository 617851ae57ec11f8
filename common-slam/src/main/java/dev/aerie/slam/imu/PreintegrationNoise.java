package dev.aerie.slam.imu;

import dev.aerie.slam.tuning.InertialNoise;

/// The covariance of a preintegration: 9 × 9, symmetric, as its six blocks of 3 × 3.
///
/// - `turn`, `velocity`, `position`: on the diagonal: of the turn's logarithm in the second's axes, rad²; of the
///   velocity, (m/s)²; of the position, m²
/// - `velocityTurn`, `positionTurn`, `positionVelocity`: below it; rows of the first, columns of the second
public record PreintegrationNoise(
        Matrix3 turn,
        Matrix3 velocity,
        Matrix3 position,
        Matrix3 velocityTurn,
        Matrix3 positionTurn,
        Matrix3 positionVelocity) {

    static final PreintegrationNoise NONE =
            new PreintegrationNoise(Matrix3.ZERO, Matrix3.ZERO, Matrix3.ZERO, Matrix3.ZERO, Matrix3.ZERO, Matrix3.ZERO);

    /// After a further step.
    ///
    /// - `step`: seconds
    /// - `back`: the axes after the step from those before
    /// - `forcePerTurn`: how the force in the first axes changes with the turn before the step
    PreintegrationNoise then(double step, Matrix3 back, Matrix3 forcePerTurn, InertialNoise noise) {
        var forward = back.transposed();
        var change = forcePerTurn.transposed();
        double turned = noise.gyroDensity() * noise.gyroDensity() * step;
        double forced = noise.forceDensity() * noise.forceDensity() * step;
        double half = step * step / 2;
        var turnVelocity = velocityTurn.transposed();
        // of the velocity after the step, f = force per turn: v + f φ step
        var newVelocityTurn = velocityTurn.plus(forcePerTurn.times(turn).times(step));
        var newVelocity = velocity.plus(forcePerTurn.times(turnVelocity).times(step))
                .plus(velocityTurn.times(change).times(step))
                .plus(forcePerTurn.times(turn).times(change).times(step * step))
                .plus(Matrix3.IDENTITY.times(forced));
        // of the position after the step: p + v step + f φ step²/2
        var newPositionTurn = positionTurn
                .plus(velocityTurn.times(step))
                .plus(forcePerTurn.times(turn).times(half));
        var moved = positionVelocity
                .plus(velocity.times(step))
                .plus(forcePerTurn.times(turnVelocity).times(half));
        var newPositionVelocity =
                moved.plus(newPositionTurn.times(change).times(step)).plus(Matrix3.IDENTITY.times(forced * step / 2));
        var newPosition = position.plus(positionVelocity.transposed().times(step))
                .plus(forcePerTurn.times(positionTurn.transposed()).times(half))
                .plus(moved.times(step))
                .plus(newPositionTurn.times(change).times(half))
                .plus(Matrix3.IDENTITY.times(forced * step * step / 4));
        return new PreintegrationNoise(
                back.times(turn).times(forward).plus(Matrix3.IDENTITY.times(turned)),
                newVelocity,
                newPosition,
                newVelocityTurn.times(forward),
                newPositionTurn.times(forward),
                newPositionVelocity);
    }

    /// An element, 0..8 each: turn, velocity, position.
    public double at(int row, int column) {
        if (row < column) {
            return at(column, row);
        }
        var block = switch (3 * (row / 3) + column / 3) {
            case 0 -> turn;
            case 3 -> velocityTurn;
            case 4 -> velocity;
            case 6 -> positionTurn;
            case 7 -> positionVelocity;
            default -> position;
        };
        return block.at(row % 3, column % 3);
    }
}
