package dev.aerie.slam.tracking;

import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.Rotation;
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
    private Optional<Rotation> turnSinceFirst = Optional.of(Rotation.IDENTITY);

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
    ///
    /// - `measuredTurn`: the camera's rotation since the picture offered before, `nowFromBefore`, where a gyroscope
    ///   gives it
    Optional<MapSeed> offer(Shot shot, Optional<Rotation> measuredTurn) {
        remember(shot);
        var reference = first;
        turnSinceFirst = measuredTurn.flatMap(step -> turnSinceFirst.map(step::times));
        if (shot.features().count() < LEAST_FEATURES) {
            first = null;
            return Optional.empty();
        }
        if (reference == null) {
            beginWith(shot);
            return Optional.empty();
        }
        var pairs = matcher.match(reference.features(), shot.features(), WINDOW_SHARE * camera.widthPixels());
        if (pairs.size() < LEAST_PAIRS) {
            beginWith(shot);
            return Optional.empty();
        }
        double seconds = (shot.captureTimeNanos() - reference.captureTimeNanos()) / 1e9;
        var turn = turnSinceFirst.map(measured -> new MeasuredTurn(measured, seconds));
        return reconstruction
                .solve(reference.features(), shot.features(), pairs, turn)
                .map(solution -> new MapSeed(reference, shot, camera, solution.secondFromFirst(), solution.points()));
    }

    private void beginWith(Shot shot) {
        first = shot;
        turnSinceFirst = Optional.of(Rotation.IDENTITY);
    }

    private void remember(Shot shot) {
        shots.addLast(shot);
        if (shots.size() > REMEMBERED_SHOTS) {
            shots.removeFirst();
        }
    }
}
