package dev.aerie.benchmarks.ptz;

/// Targets that went from one camera's reach to another's.
///
/// - `right`: were given to the camera that saw them next, under the same identity
/// - `wrong`: to another one, under another identity, or not at all
/// - `total`: of both
public record Handoffs(int right, int wrong, int total) {

    public Handoffs {
        if (right < 0 || wrong < 0 || right + wrong != total) {
            throw new IllegalArgumentException(
                    "expected right + wrong = total, was " + right + ", " + wrong + ", " + total);
        }
    }
}
