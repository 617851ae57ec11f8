package dev.aerie.slam.engine;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import java.util.List;

/// How a camera with a rolling shutter turned while it read the rows of a frame.
///
/// - `turns`: at moments evenly spaced from the beginning of the first row to the end of the last: each takes
///   directions in the camera's axes at that moment and gives them in those at the capture time, which is the
///   middle row's; none where all rows are of one moment, or nobody knows; else at least two
public record RowTurns(List<Rotation> turns) {

    public static final RowTurns NONE = new RowTurns(List.of());

    public RowTurns {
        turns = List.copyOf(turns);
        if (turns.size() == 1) {
            throw new IllegalArgumentException("turns must be none or at least two");
        }
    }

    /// Of a camera that turns evenly.
    ///
    /// - `perSecond`: in its own axes, rad/s
    /// - `readoutSeconds`: from the first row to the last
    public static RowTurns even(Vector3 perSecond, double readoutSeconds) {
        var half = perSecond.times(readoutSeconds / 2);
        return new RowTurns(List.of(Rotation.exp(half.times(-1)), Rotation.IDENTITY, Rotation.exp(half)));
    }

    /// Where a direction seen in a row lies at the capture time.
    ///
    /// - `fraction`: the middle of the row, 0 at the upper edge of the frame, 1 at the lower
    public Vector3 atCapture(double fraction, Vector3 direction) {
        if (turns.isEmpty()) {
            return direction;
        }
        double place = Math.clamp(fraction, 0, 1) * (turns.size() - 1);
        int before = Math.min((int) place, turns.size() - 2);
        double share = place - before;
        // Between two moments the turn is a fraction of a degree.
        return turns.get(before)
                .apply(direction)
                .times(1 - share)
                .plus(turns.get(before + 1).apply(direction).times(share));
    }
}
