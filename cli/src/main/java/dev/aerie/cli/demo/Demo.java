package dev.aerie.cli.demo;

import dev.aerie.cli.host.Child;
import dev.aerie.cli.host.Installation;
import dev.aerie.cli.host.PartFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;

/// The whole fleet on this machine: `./aerie demo`.
///
/// Broker, ingest, frame processor, SLAM, archive and drone are processes of their own; when this one ends, by itself
/// or by Ctrl-C, it ends them.
public final class Demo {

    private static final int FAILED = 1;

    /// What a shell reports of a process ended by Ctrl-C.
    private static final int TOLD_TO_STOP = 130;

    private static final Duration SETTLE = Duration.ofSeconds(5);

    private final Installation installation;
    private final Map<String, String> environment;
    private final PrintStream out;

    public Demo(Installation installation, Map<String, String> environment, PrintStream out) {
        this.installation = installation;
        this.environment = environment;
        this.out = out;
    }

    /// Runs until the time is over, the user stops it or a part fails. Returns the exit status: 0 only if every
    /// part has worked.
    public int run(DemoOptions options) throws InterruptedException {
        var addresses = Addresses.choose(environment);
        try (var fleet = new Fleet(installation, addresses)) {
            Runtime.getRuntime().addShutdownHook(new Thread(fleet::close, "end-fleet"));
            return fly(fleet, addresses, options);
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

    private int fly(Fleet fleet, Addresses addresses, DemoOptions options)
            throws PartFailedException, IOException, InterruptedException {
        if (addresses.ownBroker()) {
            fleet.startBroker();
        }
        try (var bus = BusWatch.subscribe(addresses.brokerUrl())) {
            fleet.startServices();
            long takeoff = System.nanoTime();
            Child drone = fleet.startDrone(options.video());
            addresses.print(out);
            if (!options.headless()) {
                Browser.open(addresses.dashboard());
            }
            fleet.watch(options.runFor());
            double seconds = (System.nanoTime() - takeoff) / 1e9;
            drone.close();
            fleet.awaitRecorded(SETTLE);
            bus.awaitQuiet(SETTLE);
            return conclude(summary(fleet, bus, options, seconds), options);
        }
    }

    private static DemoSummary summary(Fleet fleet, BusWatch bus, DemoOptions options, double seconds)
            throws IOException {
        var services = ServiceCounts.read(fleet.ingestApi(), fleet.framesApi(), fleet.slamApi(), fleet.storageApi());
        long impossible = bus.pictures().impossible(services.framesIn());
        boolean imuExpected = options.video().isEmpty();
        return DemoSummary.of(seconds, services, bus.counts(), bus.invalid(), impossible, imuExpected);
    }

    private int conclude(DemoSummary summary, DemoOptions options) {
        summary.print(out);
        if (options.json()) {
            out.println(summary.toJson());
        }
        return summary.ok() ? 0 : FAILED;
    }
}
