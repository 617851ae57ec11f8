package dev.aerie.ptz.aim;

import java.time.Duration;

/// A stop of a tour.
///
/// - `preset`: id of the camera's preset
/// - `dwell`: from the command to go there until the next one, so with the time of the way
public record TourStop(String preset, Duration dwell) {

    public TourStop {
        if (preset.isBlank() || !dwell.isPositive()) {
            throw new IllegalArgumentException("a stop has a preset and a dwell > 0, was " + preset + ", " + dwell);
        }
    }
}
