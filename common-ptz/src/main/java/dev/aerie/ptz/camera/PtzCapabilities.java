package dev.aerie.ptz.camera;

import java.util.Set;

/// What a camera says that it can do.
///
/// - `moves`: the kinds of move that it takes
/// - `reportsPosition`: whether [PtzCamera#position] answers
/// - `panDegrees`, `tiltDegrees`, `zoom`: its ranges; an axis that does not move has an empty range (min = max)
/// - `maxSpeed`: of each axis at full speed, all positive; zero for an axis that does not move
/// - `maxPresets`: 0 where it keeps none
public record PtzCapabilities(
        Set<Move> moves,
        boolean reportsPosition,
        PtzRange panDegrees,
        PtzRange tiltDegrees,
        PtzRange zoom,
        PtzVelocity maxSpeed,
        int maxPresets) {

    public PtzCapabilities {
        moves = Set.copyOf(moves);
        if (zoom.min() < 1) {
            throw new IllegalArgumentException("zoom must be >= 1, was " + zoom.min());
        }
    }

    /// A kind of move.
    public enum Move {
        /// At a speed, until told otherwise.
        CONTINUOUS,
        /// By an angle.
        RELATIVE,
        /// To a position.
        ABSOLUTE
    }

    public boolean can(Move move) {
        return moves.contains(move);
    }
}
