package dev.aerie.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.cli.host.Child;
import dev.aerie.cli.host.Installation;
import dev.aerie.cli.host.PartFailedException;
import dev.aerie.cli.host.Ports;
import dev.aerie.cli.host.ServiceApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The processes of a demo; owns each from its start until [#close]. Started by one thread, closed by any.
final class Fleet implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    /// Shorter than usual, so that a short demo has more than one.
    private static final String SEGMENT_SECONDS = "10";

    private static final Duration FOR_EVER = Duration.ofDays(10_000);

    private final Installation installation;
    private final Addresses addresses;
    private final Deque<Child> children = new ArrayDeque<>();
    private boolean closed;

    Fleet(Installation installation, Addresses addresses) {
        this.installation = installation;
        this.addresses = addresses;
    }

    void startBroker() throws PartFailedException, InterruptedException {
        Child broker = start("broker", installation.brokerCommand(addresses.brokerPort()), Map.of());
        broker.awaitReady(() -> Ports.accepts("127.0.0.1", addresses.brokerPort()), START_LIMIT);
    }

    /// Starts all services at once and waits for each.
    void startServices() throws PartFailedException, InterruptedException {
        Child ingest = start("ingest-server", installation.serviceCommand("ingest-server"), ingestSettings());
        Child frames = start("frame-processor", installation.serviceCommand("frame-processor"), framesSettings());
        Child slam = start("slam-service", installation.serviceCommand("slam-service"), slamSettings());
        Child storage = start("storage-service", installation.serviceCommand("storage-service"), storageSettings());
        ingest.awaitReady(ingestApi()::isReady, START_LIMIT);
        frames.awaitReady(framesApi()::isReady, START_LIMIT);
        slam.awaitReady(slamApi()::isReady, START_LIMIT);
        storage.awaitReady(storageApi()::isReady, START_LIMIT);
    }

    Child startDrone(Optional<Path> video) throws PartFailedException {
        return start("drone", droneCommand(video), Map.of());
    }

    ServiceApi ingestApi() {
        return ServiceApi.onLoopback(addresses.ingestPort());
    }

    ServiceApi framesApi() {
        return ServiceApi.onLoopback(addresses.framesPort());
    }

    ServiceApi slamApi() {
        return ServiceApi.onLoopback(addresses.slamPort());
    }

    ServiceApi storageApi() {
        return ServiceApi.onLoopback(addresses.storagePort());
    }

    /// Returns when the archive has closed all that it recorded, or after `limit`.
    void awaitRecorded(Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (isRecording() && System.nanoTime() < deadline) {
            Thread.sleep(LOOK);
        }
    }

    private boolean isRecording() throws IOException {
        for (JsonNode check : storageApi().json("/q/health/ready").path("checks")) {
            for (var name : check.path("data").properties()) {
                if (name.getKey().startsWith("stream.")) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Waits until `limit` has passed, for ever without one; throws as soon as a part ends by itself.
    void watch(Optional<Duration> limit) throws PartFailedException, InterruptedException {
        List<Child> running = running();
        var anyEnd = CompletableFuture.anyOf(
                running.stream().map(child -> child.handle().onExit()).toArray(CompletableFuture<?>[]::new));
        try {
            anyEnd.get(limit.orElse(FOR_EVER).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process cannot fail", e);
        }
        for (Child child : running) {
            child.requireAlive();
        }
    }

    private synchronized List<Child> running() {
        return List.copyOf(children);
    }

    /// Ends every process, the last started first.
    @Override
    public synchronized void close() {
        closed = true;
        while (!children.isEmpty()) {
            children.pop().close();
        }
    }

    private synchronized Child start(String name, List<String> command, Map<String, String> environment)
            throws PartFailedException {
        if (closed) {
            throw new PartFailedException(name + " was not started: the demo is ending");
        }
        Child child = Child.start(name, command, environment, installation.logs());
        children.push(child);
        return child;
    }

    private List<String> droneCommand(Optional<Path> video) {
        var arguments = new ArrayList<String>(List.of("--url", addresses.ingest()));
        video.ifPresent(file -> arguments.addAll(List.of("--video", file.toString(), "--loop")));
        return installation.ownCommand("dev.aerie.simulator.Drone", arguments);
    }

    private Map<String, String> ingestSettings() {
        return Map.of(
                "BIND_HOST",
                "127.0.0.1",
                "API_PORT",
                Integer.toString(addresses.ingestPort()),
                "RTSP_PORT",
                Integer.toString(addresses.rtspPort()),
                "RABBITMQ_URL",
                addresses.brokerUrl(),
                "FRAME_PROCESSOR_URL",
                "http://127.0.0.1:" + addresses.framesPort(),
                "SLAM_SERVICE_URL",
                "http://127.0.0.1:" + addresses.slamPort(),
                "STORAGE_URL",
                "http://127.0.0.1:" + addresses.storagePort(),
                "STREAM_NAME",
                Addresses.STREAM);
    }

    private Map<String, String> framesSettings() {
        return Map.of(
                "BIND_HOST", "127.0.0.1",
                "API_PORT", Integer.toString(addresses.framesPort()),
                "RTSP_HOST", "127.0.0.1",
                "RTSP_PORT", Integer.toString(addresses.rtspPort()),
                "RABBITMQ_URL", addresses.brokerUrl(),
                "WORKER_STATS_FILE",
                        installation.logs().resolve("worker_stats.json").toString());
    }

    /// The simulator's lens is known: 71° across. One picture in three is plenty for a demo beside all the rest.
    private Map<String, String> slamSettings() {
        return Map.of(
                "BIND_HOST",
                "127.0.0.1",
                "API_PORT",
                Integer.toString(addresses.slamPort()),
                "RTSP_HOST",
                "127.0.0.1",
                "RTSP_PORT",
                Integer.toString(addresses.rtspPort()),
                "RABBITMQ_URL",
                addresses.brokerUrl(),
                "STORAGE_PATH",
                installation.archive().toString(),
                "CAMERA_HFOV",
                "71.1",
                "SLAM_FRAME_SKIP",
                "3");
    }

    private Map<String, String> storageSettings() {
        return Map.of(
                "BIND_HOST", "127.0.0.1",
                "API_PORT", Integer.toString(addresses.storagePort()),
                "RTSP_HOST", "127.0.0.1",
                "RTSP_PORT", Integer.toString(addresses.rtspPort()),
                "RABBITMQ_URL", addresses.brokerUrl(),
                "STORAGE_PATH", installation.archive().toString(),
                "SEGMENT_LENGTH", SEGMENT_SECONDS);
    }
}
