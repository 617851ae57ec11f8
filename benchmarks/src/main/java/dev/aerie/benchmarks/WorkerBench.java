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
import java.util.stream.Stream;

/// Lets one frame-processor work on one stream for a while, watches what it uses, and ends it: `./aerie bench worker`.
///
/// In `.aerie/worker` it leaves `worker_stats.json` and `detections` as the worker wrote them, the logs, and
/// `performance_report.json`.
public final class WorkerBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration END_LIMIT = Duration.ofSeconds(45);
    private static final int FAILED = 1;
    private static final int DID_NOT_END = -1;

    private final Installation installation;
    private final PrintStream out;
    private final InstantSource clock = InstantSource.system();

    public WorkerBench(Installation installation, PrintStream out) {
        this.installation = installation;
        this.out = out;
    }

    /// Prints what the worker did and which criteria it met, as JSON on the last line if asked. Returns the exit
    /// status: 0 only if it met all.
    public int run(WorkerOptions options, boolean json) throws InterruptedException {
        try {
            WorkerRow row = measure(options, emptied(installation.root().resolve(".aerie/worker")));
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

    private WorkerRow measure(WorkerOptions options, Path folder)
            throws PartFailedException, IOException, InterruptedException {
        try (var fleet = new WorkerFleet(installation, folder, Map.of())) {
            var whenKilled = new Thread(fleet::close, "end-fleet");
            Runtime.getRuntime().addShutdownHook(whenKilled);
            Child worker = fleet.start(options.video());
            var resources = new ResourceWatch(worker.pid());
            resources.watch(options.runFor());
            worker.requireAlive();
            int exitCode = worker.end(END_LIMIT).orElse(DID_NOT_END);
            resources.write(folder.resolve("performance_report.json"), clock.instant());
            Runtime.getRuntime().removeShutdownHook(whenKilled);
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

    /// Takes away what an earlier run has left, its logs aside.
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
