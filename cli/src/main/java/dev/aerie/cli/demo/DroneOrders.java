package dev.aerie.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the drone of a demo is told to do. Started before the others are ready, it waits for them; one that is started
/// again later flies at once, and shows its scene as the first did.
final class DroneOrders {

    private final Optional<Path> video;
    private final double cores;
    private final Path fit;
    private final Path truth;
    private boolean airborne;

    /// - `video`: the clip that it flies; empty for the rendered scene
    /// - `cores`: of the processor that drawing may take
    /// - `fit`: file in which the drone notes the size and rate that it has chosen, and finds them again
    /// - `truth`: file for what each rendered frame shows
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
