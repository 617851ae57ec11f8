package dev.aerie.benchmarks;

import dev.aerie.auth.Secrets;
import dev.aerie.host.Child;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import dev.aerie.host.Ports;
import dev.aerie.host.ServiceApi;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One frame-processor with broker, ingest and drone, each a separate process on free loopback ports; owns them until
/// [#close]. Started by one thread, closed by any.
final class WorkerFleet implements AutoCloseable {

    static final Path STATISTICS = Path.of("worker_stats.json");
    static final Path DETECTIONS = Path.of("detections");

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Installation installation;
    private final Path folder;
    private final Map<String, String> settings;
    private final int brokerPort = Ports.free();
    private final String password = Secrets.password(new SecureRandom());
    private final int ingestPort = Ports.free();
    private final int rtspPort = Ports.free();
    private final int workerPort = Ports.free();
    private final Deque<Child> children = new ArrayDeque<>();
    private boolean closed;

    /// - `folder`: output folder of the worker
    /// - `settings`: of the worker, in addition to the addresses of the fleet
    WorkerFleet(Installation installation, Path folder, Map<String, String> settings) {
        this.installation = installation;
        this.folder = folder;
        this.settings = Map.copyOf(settings);
    }

    /// Starts all and waits until the worker is ready; returns the worker.
    Child start(Optional<Path> video) throws PartFailedException, InterruptedException {
        Child broker = start("broker", installation.brokerCommand(brokerPort), Map.of("BROKER_PASSWORD", password));
        broker.awaitReady(() -> Ports.accepts("127.0.0.1", brokerPort), START_LIMIT);
        Child ingest = start("ingest-server", installation.serviceCommand("ingest-server"), ingestSettings());
        ingest.awaitReady(ServiceApi.onLoopback(ingestPort)::isReady, START_LIMIT);
        Child worker = start("frame-processor", installation.serviceCommand("frame-processor"), workerSettings());
        worker.awaitReady(ServiceApi.onLoopback(workerPort)::isReady, START_LIMIT);
        start("drone", droneCommand(video), Map.of());
        return worker;
    }

    private synchronized Child start(String name, List<String> command, Map<String, String> environment)
            throws PartFailedException {
        if (closed) {
            throw new PartFailedException(name + " was not started: the benchmark is ending");
        }
        Child child = Child.start(name, command, environment, folder.resolve("logs"));
        children.push(child);
        return child;
    }

    private List<String> droneCommand(Optional<Path> video) {
        var arguments = new ArrayList<String>(List.of("--url", "http://127.0.0.1:" + ingestPort));
        video.ifPresent(file -> arguments.addAll(List.of("--video", file.toString(), "--loop")));
        return installation.ownCommand("dev.aerie.simulator.Drone", arguments);
    }

    private Map<String, String> ingestSettings() {
        return Map.of(
                "BIND_HOST", "127.0.0.1",
                "API_PORT", Integer.toString(ingestPort),
                "RTSP_PORT", Integer.toString(rtspPort),
                "RABBITMQ_URL", brokerUrl());
    }

    private Map<String, String> workerSettings() {
        var all = new HashMap<>(settings);
        all.put("BIND_HOST", "127.0.0.1");
        all.put("API_PORT", Integer.toString(workerPort));
        all.put("STREAM_NAME", "");
        all.put("RTSP_HOST", "127.0.0.1");
        all.put("RTSP_PORT", Integer.toString(rtspPort));
        all.put("RABBITMQ_URL", brokerUrl());
        all.put("WORKER_STATS_FILE", folder.resolve(STATISTICS).toString());
        all.put("DETECTIONS_DIR", folder.resolve(DETECTIONS).toString());
        all.put("DETECTIONS_MAX", Integer.toString(WorkerRow.MAX_DETECTIONS));
        return all;
    }

    private String brokerUrl() {
        return "amqp://guest:" + password + "@127.0.0.1:" + brokerPort;
    }

    /// Ends every process, the last started first.
    @Override
    public synchronized void close() {
        closed = true;
        while (!children.isEmpty()) {
            children.pop().close();
        }
    }
}
