package dev.aerie.cli.bench;

import dev.aerie.vision.sam2.Sam2Trackers;
import dev.aerie.vision.segment.BilateralTrackers;
import java.util.List;

/// How a tracker is soaked: `./aerie soak`.
///
/// - `tracker`: `bilateral`, or `sam2`
/// - `model`, `size`: of `sam2`; side of the square that the model sees, in pixels
/// - `pictures`: in all
/// - `objects`: followed at a time
public record SoakOptions(String tracker, String model, int size, int pictures, int objects) {

    /// Stretches of the run that are compared with one another.
    static final int ROWS = 10;

    private static final List<String> TRACKERS = List.of(BilateralTrackers.NAME, Sam2Trackers.NAME);

    public SoakOptions {
        if (!TRACKERS.contains(tracker)) {
            throw new IllegalArgumentException(
                    "--tracker: no tracker '" + tracker + "', there are: " + String.join(", ", TRACKERS));
        }
        if (pictures < ROWS || objects < 1) {
            throw new IllegalArgumentException(
                    "at least " + ROWS + " pictures of 1 object, was told " + pictures + " of " + objects);
        }
    }

    int picturesPerRow() {
        return pictures / ROWS;
    }
}
