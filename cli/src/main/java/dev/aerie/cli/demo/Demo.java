package dev.aerie.cli.demo;

import dev.aerie.cli.bus.BrokerChoice;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import dev.aerie.simulator.ptz.PtzScene;
import dev.aerie.vision.models.ModelStore;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The whole fleet on this machine: `./aerie demo`.
///
/// Broker, ingest, frame processor, SLAM, archive and drone are separate processes; one that dies is restarted. They
/// end with this process, after its time or by Ctrl-C.
@Command(name = "demo", description = "The whole fleet on this machine.", mixinStandardHelpOptions = true)
public final class Demo implements Callable<Integer> {

    private static final int FAILED = 1;

    /// A shell's exit status of a process ended by Ctrl-C.
    private static final int TOLD_TO_STOP = 130;

    private static final Duration SETTLE = Duration.ofSeconds(5);

    /// Frames that an ingest may have numbered between the last reading of its counters and its death.
    private static final long UNREAD_FRAMES = 120;

    private final Installation installation;
    private final Map<String, String> environment;
    private final PrintStream out;
    private volatile Optional<Fleet> flying = Optional.empty();
    private volatile boolean stopped;

    @Option(names = "--video", paramLabel = "FILE", description = "the clip that the drone flies, in a loop")
    private Optional<Path> video = Optional.empty();

    @Option(names = "--ptz", description = "PTZ cameras over a street instead of the drone, steered by ptz-service")
    private boolean isPtz;

    @Option(names = "--cameras", paramLabel = "N", description = "with --ptz: 1 or 2; 2 unless given")
    private int cameras = PtzScene.MAX_CAMERAS;

    @Option(names = "--seconds", paramLabel = "N", description = "stop after N seconds and print a summary")
    private Optional<Integer> seconds = Optional.empty();

    @Option(names = "--headless", description = "open no browser")
    private boolean headless;

    @Option(names = "--offline", description = "fetch no model that is missing")
    private boolean offline;

    @Option(names = "--json", description = "the summary as one JSON object on the last line")
    private boolean json;

    public Demo(Installation installation, Map<String, String> environment, PrintStream out) {
        this.installation = installation;
        this.environment = environment;
        this.out = out;
    }

    /// Runs until its time is over, the user stops it, or a part cannot start or dies repeatedly. Returns the exit
    /// status: 0 only if every part has worked.
    @Override
    public Integer call() throws InterruptedException {
        if (video.isPresent() && !Files.isReadable(video.get())) {
            throw new IllegalArgumentException("--video: no such file: " + video.get());
        }
        if (isPtz && video.isPresent()) {
            throw new IllegalArgumentException("--ptz and --video: one of them");
        }
        if (cameras < 1 || cameras > PtzScene.MAX_CAMERAS) {
            throw new IllegalArgumentException("--cameras is 1 or " + PtzScene.MAX_CAMERAS);
        }
        if (seconds.isPresent() && seconds.get() < 1) {
            throw new IllegalArgumentException("--seconds is at least 1");
        }
        var addresses = Addresses.choose(environment);
        var machine = Machine.look();
        try (var bus = new BusWatch(addresses.brokerUrl());
                var detector = detectorFetch()) {
            detector.begin(offline);
            var orders = new DroneOrders(
                    video.map(Path::toAbsolutePath), machine.coresForDrawing(), forgottenFit(), truth());
            var site = ptzSite();
            var plan = new FleetPlan(installation, addresses, orders, site, bus::results);
            try (var fleet = new Fleet(plan, installation, out)) {
                Runtime.getRuntime().addShutdownHook(new Thread(fleet::close, "end-fleet"));
                return fly(fleet, bus, detector, addresses);
            }
        } catch (PartFailedException e) {
            if (e.wasTold()) {
                return TOLD_TO_STOP;
            }
            out.println("aerie: " + e.getMessage());
            return FAILED;
        } catch (IOException e) {
            out.println("aerie: " + e.getMessage());
            return FAILED;
        }
    }

    /// Ends a running demo with a summary, as if its time were over.
    void stop() {
        stopped = true;
    }

    /// The fleet while it flies.
    Optional<Fleet> flying() {
        return flying;
    }

    private int fly(Fleet fleet, BusWatch bus, DetectorFetch detector, Addresses addresses)
            throws PartFailedException, IOException, InterruptedException {
        if (!addresses.ownBroker()) {
            return flyOn(fleet, bus, detector, addresses);
        }
        fleet.startBroker();
        try (var _ = BrokerChoice.leave(addresses.brokerUrl(), installation)) {
            return flyOn(fleet, bus, detector, addresses);
        }
    }

    private int flyOn(Fleet fleet, BusWatch bus, DetectorFetch detector, Addresses addresses)
            throws PartFailedException, IOException, InterruptedException {
        Files.deleteIfExists(truth());
        bus.subscribe();
        detector.takeArrived(); // early enough: the frame-processor finds it
        fleet.startAll();
        fleet.awaitReady();
        long takeoff = System.nanoTime();
        fleet.takeOff();
        addresses.print(out, source());
        if (!headless) {
            Browser.open(addresses.dashboard());
        }
        flying = Optional.of(fleet);
        fleet.watch(() -> stopped || isOver(takeoff), () -> useDetector(fleet, detector));
        flying = Optional.empty();
        double flown = (System.nanoTime() - takeoff) / 1e9;
        detector.close();
        fleet.land(SETTLE);
        bus.awaitQuiet(SETTLE);
        var summary = DemoSummary.of(counted(fleet, bus, flown));
        return conclude(
                switch (source()) {
                    case DRONE -> summary.with(bus.detections().judge(truth()));
                    case CLIP -> summary;
                    case PTZ_CAMERAS -> summary.with(bus.ptz().judge(PtzSite.truthIn(ptzFolder())));
                });
    }

    private DemoSource source() {
        if (isPtz) {
            return DemoSource.PTZ_CAMERAS;
        }
        return video.isPresent() ? DemoSource.CLIP : DemoSource.DRONE;
    }

    private Optional<PtzSite> ptzSite() throws IOException {
        if (!isPtz) {
            return Optional.empty();
        }
        var site = new PtzSite(cameras, ptzFolder());
        site.prepare();
        return Optional.of(site);
    }

    private Path ptzFolder() {
        return installation.logs().resolveSibling("ptz");
    }

    /// Ground truth of each rendered frame.
    private Path truth() {
        return installation.logs().resolve("truth.jsonl");
    }

    private boolean isOver(long takeoff) {
        return seconds.filter(limit -> System.nanoTime() - takeoff >= TimeUnit.SECONDS.toNanos(limit))
                .isPresent();
    }

    /// Restarts the frame-processor for a detector that was downloaded during the flight: a pause of a few seconds,
    /// once per installation, for class names.
    private void useDetector(Fleet fleet, DetectorFetch detector) throws PartFailedException {
        detector.takeNews().ifPresent(out::println);
        if (detector.takeArrived()) {
            out.println("detector   " + DetectorFetch.DETECTOR + " is installed: the frame-processor restarts with it");
            fleet.renewFrames();
        }
    }

    private DetectorFetch detectorFetch() {
        boolean terminal = out.equals(System.out)
                && Optional.ofNullable(System.console())
                        .map(Console::isTerminal)
                        .orElse(false);
        return new DetectorFetch(ModelStore.of(environment), InstantSource.system(), out, terminal);
    }

    /// File with the drone's choice of frame size and rate; deleted, because each demo chooses again.
    private Path forgottenFit() throws IOException {
        Path fit = fit();
        Files.deleteIfExists(fit);
        return fit;
    }

    private Path fit() {
        return installation.logs().resolve("scene.txt");
    }

    private DemoCounts counted(Fleet fleet, BusWatch bus, double flown) {
        var services = fleet.counts();
        var restarts = fleet.restarts();
        long numbered = services.framesIn() + UNREAD_FRAMES * restarts.getOrDefault("ingest-server", 0);
        return new DemoCounts(
                flown,
                SceneShape.read(fit()),
                source(),
                services,
                bus.counts(),
                bus.invalid(),
                bus.frames().impossible(numbered),
                bus.latencies().percentileMillis(50),
                bus.latencies().percentileMillis(95),
                restarts);
    }

    private int conclude(DemoSummary summary) {
        summary.print(out);
        if (json) {
            out.println(summary.toJson());
        }
        return summary.ok() ? 0 : FAILED;
    }
}
