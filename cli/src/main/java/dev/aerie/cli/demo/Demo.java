package dev.aerie.cli.demo;

import dev.aerie.cli.host.Installation;
import dev.aerie.cli.host.PartFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;

/// The whole fleet on this machine: `./aerie demo`.
///
/// Broker, ingest, frame processor, SLAM, archive and drone are processes of their own; one that dies is started again.
/// When this one ends, by itself or by Ctrl-C, it ends them.
public final class Demo {

    private static final int FAILED = 1;

    /// What a shell reports of a process ended by Ctrl-C.
    private static final int TOLD_TO_STOP = 130;

    private static final Duration SETTLE = Duration.ofSeconds(5);

    /// What an ingest may have numbered between the last reading of its counters and its death.
    private static final long UNREAD_FRAMES = 120;

    private final Installation installation;
    private final Map<String, String> environment;
    private final PrintStream out;

    public Demo(Installation installation, Map<String, String> environment, PrintStream out) {
        this.installation = installation;
        this.environment = environment;
        this.out = out;
    }

    /// Runs until the time is over, the user stops it, or a part cannot start or dies again and again. Returns the exit
    /// status: 0 only if every part has worked.
    public int run(DemoOptions options) throws InterruptedException {
        var addresses = Addresses.choose(environment);
        var machine = Machine.look();
        try (var bus = new BusWatch(addresses.brokerUrl())) {
            var orders = new DroneOrders(options.video(), machine.coresForDrawing(), bus::scene);
            var plan = new FleetPlan(installation, addresses, orders, bus::results);
            try (var fleet = new Fleet(plan, installation, out)) {
                Runtime.getRuntime().addShutdownHook(new Thread(fleet::close, "end-fleet"));
                return fly(fleet, bus, addresses, options);
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

    private int fly(Fleet fleet, BusWatch bus, Addresses addresses, DemoOptions options)
            throws PartFailedException, IOException, InterruptedException {
        if (addresses.ownBroker()) {
            fleet.startBroker();
        }
        bus.subscribe();
        fleet.startAll();
        fleet.awaitReady();
        long takeoff = System.nanoTime();
        fleet.takeOff();
        addresses.print(out);
        if (!options.headless()) {
            Browser.open(addresses.dashboard());
        }
        fleet.watch(options.runFor(), () -> {});
        double seconds = (System.nanoTime() - takeoff) / 1e9;
        fleet.land(SETTLE);
        bus.awaitQuiet(SETTLE);
        return conclude(DemoSummary.of(course(fleet, bus, options, seconds)), options);
    }

    private static DemoCourse course(Fleet fleet, BusWatch bus, DemoOptions options, double seconds) {
        var services = fleet.counts();
        var restarts = fleet.restarts();
        long numbered = services.framesIn() + UNREAD_FRAMES * restarts.getOrDefault("ingest-server", 0);
        return new DemoCourse(
                seconds,
                bus.scene(),
                options.video().isEmpty(),
                services,
                bus.counts(),
                bus.invalid(),
                bus.pictures().impossible(numbered),
                bus.latencies().percentileMillis(50),
                bus.latencies().percentileMillis(95),
                restarts);
    }

    private int conclude(DemoSummary summary, DemoOptions options) {
        summary.print(out);
        if (options.json()) {
            out.println(summary.toJson());
        }
        return summary.ok() ? 0 : FAILED;
    }
}
