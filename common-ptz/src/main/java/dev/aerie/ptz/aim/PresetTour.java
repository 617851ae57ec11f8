package dev.aerie.ptz.aim;

import java.util.List;
import java.util.Optional;

/// Says when a tour goes on. Used by one thread, in any clock that does not run backwards.
public final class PresetTour {

    private final List<TourStop> stops;
    private int stop = -1;
    private long leaveAtNanos;

    public PresetTour(AimMode.Tour tour) {
        this.stops = tour.stops();
    }

    /// The preset to go to now; empty while the camera is to stay.
    public Optional<String> due(long nowNanos) {
        if (stop >= 0 && nowNanos < leaveAtNanos) {
            return Optional.empty();
        }
        stop = (stop + 1) % stops.size();
        leaveAtNanos = nowNanos + stops.get(stop).dwell().toNanos();
        return Optional.of(stops.get(stop).preset());
    }

    /// Goes to the present stop again with the next [#due], for a camera that was used for something else.
    public void resume() {
        stop = stop < 0 ? stop : stop - 1;
        leaveAtNanos = Long.MIN_VALUE;
    }
}
