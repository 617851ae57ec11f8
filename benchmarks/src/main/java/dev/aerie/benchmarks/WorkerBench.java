package dev.aerie.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.host.Child;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs one frame-processor on one stream, samples its resources, and ends it: `./aerie bench worker`.
///
/// In `.aerie/worker` it writes `worker_stats.json` and `detections` of the worker, the logs, and
/// `performance_report.json`.
@Command(
        name = "worker",
        description = "One frame-processor on one stream: frames per second, latency, memory, how it ends.",
        mixinStandardHelpOptions = true)
public final class WorkerBench implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration END_LIMIT = Duration.ofSeconds(45);
    private static final double MILLIS_PER_MINUTE = 60_000;
    private static final int FAILED = 1;
    private static final int DID_NOT_END = -1;

    private final Installation installation;
    private final PrintStream out;
    private final InstantSource clock = InstantSource.system();

    @Option(names = "--minutes", defaultValue = "10", paramLabel = "N", description = "how long; may be a fraction")
    private double minutes;

    @Option(names = "--video", paramLabel = "FILE", description = "H.264 video as its stream, in a loop")
    private Optional<Path> video = Optional.empty();

    @Option(names = "--json", description = "the figures as one JSON object on the last line")
    private boolean json;

    public WorkerBench(Installation installation, PrintStream out) {
        this.installation = installation;
        this.out = out;
    }

    /// Prints the worker's figures and criteria, with --json as JSON on the last line. Returns the exit status: 0 only
    /// if it met all.
    @Override
    public Integer call() throws InterruptedException {
        if (runFor().toSeconds() < 1) {
            throw new IllegalArgumentException("--minutes is at least 1/60");
        }
        if (video.isPresent() && !Files.isReadable(video.get())) {
            throw new IllegalArgumentException("--video: no such file: " + video.get());
        }
        try {
            WorkerRow row = measure(emptied(installation.root().resolve(".aerie/worker")));
            out.println(row.toText());
            if (json) {
                out.println(JSON.writeValueAsString(row));
            }
            return row.isGood() ? 0 : FAILED;
        } catch (PartFailedException | IOException e) {
            out.println("aerie: " + e.getMessage());
            return FAILED;
        }
    }

    private Duration runFor() {
        return Duration.ofMillis(Math.round(minutes * MILLIS_PER_MINUTE));
    }

    private WorkerRow measure(Path folder) throws PartFailedException, IOException, InterruptedException {
        try (var _ = EndedWithUs.open();
                var fleet = new WorkerFleet(installation, folder, Map.of())) {
            Child worker = fleet.start(video.map(Path::toAbsolutePath));
            var resources = new ResourceWatch(worker.pid());
            resources.watch(runFor());
            worker.requireAlive();
            int exitCode = worker.end(END_LIMIT).orElse(DID_NOT_END);
            resources.write(folder.resolve("performance_report.json"), clock.instant());
            return row(folder, resources, exitCode);
        }
    }

    private static WorkerRow row(Path folder, ResourceWatch resources, int exitCode) throws IOException {
        Path statistics = folder.resolve(WorkerFleet.STATISTICS);
        if (!Files.exists(statistics)) {
            throw new IOException("the worker left no " + statistics);
        }
        return WorkerRow.of(
                JSON.readTree(statistics.toFile()),
                resources,
                children(folder.resolve(WorkerFleet.DETECTIONS)),
                exitCode);
    }

    private static long children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    /// Deletes the files of an earlier run except its logs.
    private static Path emptied(Path folder) throws IOException {
        Path detections = Files.createDirectories(folder.resolve(WorkerFleet.DETECTIONS));
        try (Stream<Path> files = Files.list(detections)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.deleteIfExists(folder.resolve(WorkerFleet.STATISTICS));
        return folder;
    }
}
