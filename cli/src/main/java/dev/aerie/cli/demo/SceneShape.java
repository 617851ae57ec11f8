package dev.aerie.cli.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.aerie.simulator.drone.SceneFit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Size and rate of a demo's scene, as its drone has chosen them for this machine.
record SceneShape(
        @JsonProperty("width") int widthPixels,
        @JsonProperty("height") int heightPixels,
        @JsonProperty("frames_per_second") double framesPerSecond,
        @JsonProperty("drawing_cores") double drawingCores) {

    /// - `file`: written by the drone; empty result without it
    static Optional<SceneShape> read(Path file) {
        try {
            var fit = SceneFit.read(file);
            return Optional.of(new SceneShape(
                    fit.size().widthPixels(), fit.size().heightPixels(), fit.framesPerSecond(), fit.cores()));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
