package dev.aerie.ptz.follow;

import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.aim.PresetTour;
import dev.aerie.ptz.aim.TourStop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The presets that a camera visits: always in a tour, and while there is nobody to follow. Not thread-safe; times are
/// those of `System.nanoTime()`.
final class PresetPatrol {

    /// Without a target for so long, the patrol begins.
    static final Duration IDLE_AFTER = Duration.ofSeconds(15);

    private final List<TourStop> idleStops;
    private @Nullable PresetTour tour;
    private boolean touring;
    private long busyNanos = System.nanoTime();

    /// - `idleStops`: what it visits when there is nobody to follow; empty for nothing
    PresetPatrol(List<TourStop> idleStops, AimMode mode) {
        this.idleStops = List.copyOf(idleStops);
        use(mode);
    }

    void use(AimMode mode) {
        touring = false;
        busyNanos = System.nanoTime();
        tour = mode instanceof AimMode.Tour given
                ? new PresetTour(given)
                : idleStops.isEmpty() ? null : new PresetTour(new AimMode.Tour(idleStops));
    }

    /// Somebody is followed.
    void targetSeen() {
        touring = false;
        busyNanos = System.nanoTime();
    }

    /// A person moves the camera: the wait begins anew afterwards.
    void postpone() {
        busyNanos = System.nanoTime();
    }

    boolean isTouring() {
        return touring;
    }

    /// The preset to go to now; empty where it is not its time.
    Optional<String> due(AimMode mode) {
        boolean isIdle = switch (mode) {
            case AimMode.Tour _ -> true;
            case AimMode.FollowOne _, AimMode.FrameGroup _, AimMode.FollowRunner _ ->
                System.nanoTime() - busyNanos > IDLE_AFTER.toNanos();
            case AimMode.Manual _, AimMode.Hold _ -> false;
        };
        if (tour == null || !isIdle) {
            return Optional.empty();
        }
        touring = true;
        return tour.due(System.nanoTime());
    }
}
