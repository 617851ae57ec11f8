package dev.aerie.ptz.scenario;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.control.Framing;
import java.util.List;
import java.util.Optional;

/// One run of a target before a camera.
///
/// - `name`: as `./aerie bench ptz` prints it
/// - `seconds`: that it lasts
/// - `start`: of the camera
/// - `path`: of the target
/// - `distraction`: what the tracker takes for the target now and then; empty without
/// - `steps`: times in seconds at which another target is chosen; the first is 0
/// - `framing`: that is asked for
/// - `flickers`: share of the frames in which the box of a target made of several lacks one of them, 0..1
public record TargetScenario(
        String name,
        double seconds,
        PtzPosition start,
        TargetPath path,
        Optional<Distraction> distraction,
        List<Double> steps,
        Framing framing,
        double flickers) {

    public TargetScenario {
        steps = List.copyOf(steps);
    }

    /// Another thing that passes in front of the target: first it hides the target, then it is taken for it.
    ///
    /// - `everySeconds`: between two passes
    /// - `hiddenSeconds`: without any detection
    /// - `mistakenSeconds`: in which the other is reported instead
    /// - `panDegreesPerSecond`: of the other, against the target
    public record Distraction(
            double everySeconds, double hiddenSeconds, double mistakenSeconds, double panDegreesPerSecond) {

        /// Seconds since the last pass began; negative before the first.
        double since(double seconds) {
            return seconds < everySeconds ? -1 : seconds % everySeconds;
        }
    }
}
