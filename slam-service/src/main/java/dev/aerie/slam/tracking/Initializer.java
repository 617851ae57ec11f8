package dev.aerie.slam.tracking;

import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.map.MapSeed;
import dev.aerie.slam.map.Shot;
import dev.aerie.slam.match.WindowMatcher;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Waits for two pictures from which depth can be told, and makes a new part of the map of them.
final class Initializer {

    private static final double WINDOW_SHARE = 0.1;
    private static final int LEAST_FEATURES = 150;
    private static final int LEAST_PAIRS = 80;
    private static final int REMEMBERED_SHOTS = 40;

    private final PinholeCamera camera;
    private final TwoViewReconstruction reconstruction;
    private final WindowMatcher matcher = new WindowMatcher();
    private final Deque<Shot> shots = new ArrayDeque<>();
    private @Nullable Shot first;

    Initializer(PinholeCamera camera) {
        this.camera = camera;
        this.reconstruction = new TwoViewReconstruction(camera);
    }

    /// Forgets all pictures.
    void reset() {
        first = null;
        shots.clear();
    }

    /// The pictures offered since [#reset], the oldest of many left out.
    List<Shot> shots() {
        return List.copyOf(shots);
    }

    /// Takes the next picture; gives a seed once one can be had.
    Optional<MapSeed> offer(Shot shot) {
        remember(shot);
        var reference = first;
        if (shot.features().count() < LEAST_FEATURES) {
            first = null;
            return Optional.empty();
        }
        if (reference == null) {
            first = shot;
            return Optional.empty();
        }
        var pairs = matcher.match(reference.features(), shot.features(), WINDOW_SHARE * camera.widthPixels());
        if (pairs.size() < LEAST_PAIRS) {
            first = shot;
            return Optional.empty();
        }
        return reconstruction
                .solve(reference.features(), shot.features(), pairs)
                .map(solution -> new MapSeed(reference, shot, camera, solution.secondFromFirst(), solution.points()));
    }

    private void remember(Shot shot) {
        shots.addLast(shot);
        if (shots.size() > REMEMBERED_SHOTS) {
            shots.removeFirst();
        }
    }
}
