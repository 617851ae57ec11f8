package dev.aerie.slam.tracking;

import dev.aerie.geometry.Rotation;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.map.FrameFeatures;
import dev.aerie.slam.map.InitialMap;
import dev.aerie.slam.match.WindowMatcher;
import dev.aerie.slam.tuning.InitializationConfig;
import dev.aerie.slam.tuning.SlamTuning;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Waits for two frames with enough parallax and makes an initial map of them.
final class Initializer {

    private final PinholeCamera camera;
    private final InitializationConfig config;
    private final TwoViewReconstruction reconstruction;
    private final WindowMatcher matcher;
    private final Deque<FrameFeatures> earlierFrames = new ArrayDeque<>();
    private @Nullable FrameFeatures referenceFrame;
    private Optional<Rotation> rotationSinceReference = Optional.of(Rotation.IDENTITY);

    Initializer(PinholeCamera camera, SlamTuning tuning) {
        this.camera = camera;
        config = tuning.initialization();
        reconstruction = new TwoViewReconstruction(camera, config, tuning.twoViews());
        matcher = new WindowMatcher(tuning.matching());
    }

    /// Forgets all frames.
    void reset() {
        referenceFrame = null;
        earlierFrames.clear();
    }

    /// The newest frames offered since [#reset].
    List<FrameFeatures> earlierFrames() {
        return List.copyOf(earlierFrames);
    }

    /// Takes the next frame; returns the initial map once there is one.
    ///
    /// - `measuredRotation`: the camera's rotation since the frame offered before, `nowFromBefore`, by a gyroscope
    Optional<InitialMap> offer(FrameFeatures frameFeatures, Optional<Rotation> measuredRotation) {
        addEarlierFrame(frameFeatures);
        var reference = referenceFrame;
        rotationSinceReference = measuredRotation.flatMap(step -> rotationSinceReference.map(step::times));
        if (frameFeatures.features().count() < config.minFeatures()) {
            referenceFrame = null;
            return Optional.empty();
        }
        if (reference == null) {
            setReference(frameFeatures);
            return Optional.empty();
        }
        var pairs = matcher.match(
                reference.features(), frameFeatures.features(), config.searchWindowFraction() * camera.widthPixels());
        if (pairs.size() < config.minPairs()) {
            setReference(frameFeatures);
            return Optional.empty();
        }
        double seconds = (frameFeatures.captureTimeNanos() - reference.captureTimeNanos()) / 1e9;
        var rotation = rotationSinceReference.map(measured -> new GyroRotation(measured, seconds));
        return reconstruction
                .solve(reference.features(), frameFeatures.features(), pairs, rotation)
                .map(solution -> new InitialMap(
                        reference,
                        frameFeatures,
                        camera,
                        solution.secondFromFirst(),
                        solution.parallaxDegrees(),
                        solution.points()));
    }

    private void setReference(FrameFeatures frameFeatures) {
        referenceFrame = frameFeatures;
        rotationSinceReference = Optional.of(Rotation.IDENTITY);
    }

    private void addEarlierFrame(FrameFeatures frameFeatures) {
        earlierFrames.addLast(frameFeatures);
        if (earlierFrames.size() > config.maxEarlierFrames()) {
            earlierFrames.removeFirst();
        }
    }
}
