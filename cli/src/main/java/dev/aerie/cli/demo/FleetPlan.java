package dev.aerie.cli.demo;

import dev.aerie.host.Installation;
import dev.aerie.host.Ports;
import dev.aerie.host.ServiceApi;
import dev.aerie.messages.amqp.BrokerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/// Command, settings and work counters of each process of a demo.
final class FleetPlan {

    /// Shorter than the default, so that a short demo has more than one. Settings of the user's own workers that must
    /// not reach those of the demo.
    private static final String FROM_WORK_QUEUE = "";

    private static final String SEGMENT_SECONDS = "10";

    private static final String FRAMES_IN = "aerie_frames_in_total";
    private static final String RELAYED = "aerie_frames_relayed_total";
    private static final String PROCESSED = "aerie_frame_infer_seconds_count";
    private static final String TRACKED = "aerie_slam_tracked_total";
    private static final String UNTRACKED = "aerie_slam_untracked_total";
    private static final String SEGMENTS = "aerie_segments_written_total";
    private static final String PTZ_DETECTED = "aerie_ptz_frames_detected";
    private static final String RECORDED = "aerie_recording_frames";

    private final Installation installation;
    private final Addresses addresses;
    private final DroneOrders orders;
    private final LongSupplier results;
    private final ServiceTally ingest;
    private final ServiceTally frames;
    private final ServiceTally slam;
    private final ServiceTally storage;
    private final ServiceTally ptzService;
    private final Optional<PtzSite> ptz;

    /// - `ptz`: the PTZ cameras that are there in the drone's place
    /// - `results`: number of frame results received from the broker
    FleetPlan(
            Installation installation,
            Addresses addresses,
            DroneOrders orders,
            Optional<PtzSite> ptz,
            LongSupplier results) {
        this.installation = installation;
        this.addresses = addresses;
        this.orders = orders;
        this.results = results;
        this.ingest = new ServiceTally(ServiceApi.onLoopback(addresses.ingestPort()), RELAYED);
        this.frames = new ServiceTally(ServiceApi.onLoopback(addresses.framesPort()), PROCESSED);
        this.slam = new ServiceTally(ServiceApi.onLoopback(addresses.slamPort()), TRACKED, UNTRACKED);
        this.storage = new ServiceTally(storageApi(), RECORDED);
        this.ptzService = new ServiceTally(ServiceApi.onLoopback(addresses.ptzPort()), PTZ_DETECTED);
        this.ptz = ptz;
    }

    PartPlan broker() {
        return new PartPlan(
                "broker",
                () -> installation.brokerCommand(addresses.brokerPort(), JvmOptions.CARRIER),
                Map.of(
                        "BROKER_PASSWORD",
                        BrokerAddress.parse(addresses.brokerUrl()).password()),
                () -> Ports.accepts("127.0.0.1", addresses.brokerPort()),
                WorkCount.of(results));
    }

    PartPlan ingest() {
        return service("ingest-server", JvmOptions.CARRIER, ingestSettings(), addresses.ingestPort(), ingest);
    }

    PartPlan frames() {
        return service("frame-processor", JvmOptions.CALCULATOR, framesSettings(), addresses.framesPort(), frames);
    }

    private PartPlan slam() {
        return service("slam-service", JvmOptions.MAPPER, slamSettings(), addresses.slamPort(), slam);
    }

    PartPlan storage() {
        return service("storage-service", JvmOptions.CARRIER, storageSettings(), addresses.storagePort(), storage);
    }

    /// What follows the cameras that the demo has: SLAM for the drone, ptz-service for PTZ cameras, which turn on the
    /// spot and give SLAM no parallax.
    PartPlan analysis() {
        return ptz.isPresent() ? ptzService(ptz.get()) : slam();
    }

    /// What sends the video.
    PartPlan source() {
        return ptz.isPresent() ? ptzCameras(ptz.get()) : drone();
    }

    private PartPlan ptzService(PtzSite site) {
        var own = new HashMap<>(site.credentials());
        own.put("PTZ_CONFIG", site.settingsFile().toString());
        return service(
                "ptz-service",
                JvmOptions.CALCULATOR,
                workerSettings(addresses.ptzPort(), own),
                addresses.ptzPort(),
                ptzService);
    }

    private PartPlan ptzCameras(PtzSite site) {
        return new PartPlan(
                "ptz-cameras",
                () -> atLowPriority("dev.aerie.simulator.PtzCameras", site.arguments(addresses)),
                site.credentials(),
                () -> hasLogged("ptz-cameras", "ptz cameras ready"),
                WorkCount.of(() -> ingest.total(FRAMES_IN), ingest::read));
    }

    private PartPlan drone() {
        return new PartPlan(
                "drone",
                () -> atLowPriority("dev.aerie.simulator.Drone", orders.arguments(addresses.ingest())),
                Map.of(),
                () -> hasLogged("drone", "drone ready"),
                WorkCount.of(() -> ingest.total(FRAMES_IN), ingest::read));
    }

    /// From now on a restarted drone flies at once.
    void takeOff() {
        orders.takeOff();
        ptz.ifPresent(PtzSite::film);
    }

    /// As last read.
    ServiceCounts counts() {
        return new ServiceCounts(
                ingest.total(FRAMES_IN),
                ingest.total(RELAYED),
                frames.total(PROCESSED),
                slam.total(TRACKED),
                storage.total(SEGMENTS));
    }

    ServiceApi storageApi() {
        return ServiceApi.onLoopback(addresses.storagePort());
    }

    private PartPlan service(
            String name, List<String> jvmFlags, Map<String, String> settings, int port, ServiceTally tally) {
        return new PartPlan(
                name,
                () -> installation.serviceCommand(name, jvmFlags),
                settings,
                ServiceApi.onLoopback(port)::isReady,
                tally);
    }

    private boolean hasLogged(String part, String words) {
        try (var lines = Files.lines(installation.logs().resolve(part + ".log"))) {
            return lines.anyMatch(line -> line.contains(words));
        } catch (IOException | UncheckedIOException _) {
            return false;
        }
    }

    private List<String> atLowPriority(String mainClass, List<String> arguments) {
        var command = new ArrayList<String>();
        nice().ifPresent(program -> command.addAll(List.of(program.toString(), "-n", "10")));
        command.addAll(installation.ownCommand(mainClass, JvmOptions.CALCULATOR, arguments));
        return List.copyOf(command);
    }

    /// Command prefix for low priority; empty without `nice`.
    private static Optional<Path> nice() {
        return Pattern.compile(Pattern.quote(java.io.File.pathSeparator))
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "nice"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Map<String, String> ingestSettings() {
        var settings = new HashMap<>(relaySettings());
        settings.put("PTZ_SERVICE_URL", "http://127.0.0.1:" + addresses.ptzPort());
        return Map.copyOf(settings);
    }

    private Map<String, String> relaySettings() {
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
                (ptz.isPresent() ? DemoSource.PTZ_CAMERAS : DemoSource.DRONE).firstStream());
    }

    private Map<String, String> framesSettings() {
        return workerSettings(
                addresses.framesPort(),
                Map.of(
                        "WORKER_STATS_FILE",
                        installation.logs().resolve("worker_stats.json").toString()));
    }

    /// The simulator's camera has a horizontal field of view of 71°. One frame in three is enough for a demo next to
    /// all other processes.
    private Map<String, String> slamSettings() {
        return workerSettings(
                addresses.slamPort(),
                Map.of(
                        "STORAGE_PATH",
                        installation.archive().toString(),
                        "CAMERA_HFOV",
                        "71.1",
                        "SLAM_FRAME_SKIP",
                        "3"));
    }

    private Map<String, String> storageSettings() {
        return workerSettings(
                addresses.storagePort(),
                Map.of("STORAGE_PATH", installation.archive().toString(), "SEGMENT_LENGTH", SEGMENT_SECONDS));
    }

    /// Settings of every worker, with the `own` ones of one.
    private Map<String, String> workerSettings(int apiPort, Map<String, String> own) {
        var settings = new HashMap<>(own);
        settings.put("BIND_HOST", "127.0.0.1");
        settings.put("API_PORT", Integer.toString(apiPort));
        settings.put("STREAM_NAME", FROM_WORK_QUEUE);
        settings.put("RTSP_HOST", "127.0.0.1");
        settings.put("RTSP_PORT", Integer.toString(addresses.rtspPort()));
        settings.put("RABBITMQ_URL", addresses.brokerUrl());
        return Map.copyOf(settings);
    }
}
