package dev.aerie.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Arguments of a demo's drone. The first one waits until the services are ready; a restarted one flies at once, with
/// the scene of the first.
final class DroneOrders {

    private final Optional<Path> video;
    private final double cores;
    private final Path fit;
    private final Path truth;
    private boolean airborne;

    /// - `video`: the clip that it flies; empty for the rendered scene
    /// - `cores`: CPU cores that rendering may use
    /// - `fit`: file in which the drone stores its choice of size and rate
    /// - `truth`: file for the ground truth of each rendered frame
    DroneOrders(Optional<Path> video, double cores, Path fit, Path truth) {
        this.truth = truth;
        this.video = video;
        this.cores = cores;
        this.fit = fit;
    }

    synchronized void takeOff() {
        airborne = true;
    }

    synchronized List<String> arguments(String ingest) {
        var arguments = new ArrayList<>(List.of("--url", ingest, "--longest-retry", "1"));
        if (!airborne) {
            arguments.add("--hold");
        }
        if (video.isPresent()) {
            arguments.addAll(List.of("--video", video.get().toString(), "--loop"));
        } else {
            arguments.addAll(List.of("--scenario", "patrol", "--truth", truth.toString()));
            arguments.addAll(scene());
        }
        return List.copyOf(arguments);
    }

    private List<String> scene() {
        return List.of("--cores", String.format(Locale.ROOT, "%.2f", cores), "--fit", fit.toString());
    }
}
