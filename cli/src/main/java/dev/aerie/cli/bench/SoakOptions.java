package dev.aerie.cli.bench;

/// How a tracker is soaked: `./aerie soak`.
///
/// - `size`: side of the square that the model sees, in pixels
/// - `pictures`: in all
/// - `objects`: followed at a time
public record SoakOptions(String model, int size, int pictures, int objects) {

    /// Stretches of the run that are compared with one another.
    static final int ROWS = 10;

    public SoakOptions {
        if (pictures < ROWS || objects < 1) {
            throw new IllegalArgumentException(
                    "at least " + ROWS + " pictures of 1 object, was told " + pictures + " of " + objects);
        }
    }

    int picturesPerRow() {
        return pictures / ROWS;
    }
}
