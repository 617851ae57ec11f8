package dev.aerie.ptz.handoff;

import dev.aerie.ptz.site.Site;
import dev.aerie.ptz.site.SiteCamera;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/// Which camera will see a target, and when.
record Neighbours(Site site, HandoffConfig config) {

    private static final long STEP_NANOS = 200_000_000L;

    /// A neighbour that will see the target.
    ///
    /// - `arrivalNanos`: from when on; `seenSeconds`: for how long, within the horizon
    record Arrival(SiteCamera camera, long arrivalNanos, double seenSeconds) {}

    /// When the target leaves a camera's reach if it goes on as it does; empty if not within the lead time.
    Optional<Long> leaves(SiteCamera camera, GroundMotion motion, long nowNanos) {
        for (long ahead = 0; ahead <= nanos(config.leadSeconds()); ahead += STEP_NANOS) {
            if (!camera.reaches(motion.at(nowNanos + ahead).position())) {
                return Optional.of(nowNanos + ahead);
            }
        }
        return Optional.empty();
    }

    /// The neighbour that sees it first; of several at once, the one that sees it longest.
    Optional<Arrival> next(String from, GroundMotion motion, long nowNanos, Predicate<String> isFree) {
        return site.others(from).stream()
                .filter(camera -> isFree.test(camera.name()))
                .flatMap(camera -> arrival(camera, motion, nowNanos).stream())
                .min(Comparator.comparingLong(Arrival::arrivalNanos)
                        .thenComparing(
                                Comparator.comparingDouble(Arrival::seenSeconds).reversed())
                        .thenComparingDouble(arrival -> arrival.camera()
                                .groundDistanceTo(
                                        motion.at(arrival.arrivalNanos()).position())));
    }

    private Optional<Arrival> arrival(SiteCamera camera, GroundMotion motion, long nowNanos) {
        long first = -1;
        int steps = 0;
        for (long ahead = 0; ahead <= nanos(config.horizonSeconds()); ahead += STEP_NANOS) {
            if (camera.reaches(motion.at(nowNanos + ahead).position())) {
                first = first < 0 ? nowNanos + ahead : first;
                steps++;
            }
        }
        return first < 0 ? Optional.empty() : Optional.of(new Arrival(camera, first, steps * STEP_NANOS / 1e9));
    }

    static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
