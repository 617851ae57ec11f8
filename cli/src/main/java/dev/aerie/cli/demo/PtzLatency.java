package dev.aerie.cli.demo;

import dev.aerie.host.Child;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import dev.aerie.host.Ports;
import dev.aerie.host.ServiceApi;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// How late ptz-service commands a camera, through the whole service: from a frame that is about to be decoded, by
/// detector, tracker and controller, to the answer of a simulated camera over ISAPI. One camera of the demo's street,
/// its relay and the service, each a process of its own; no broker. Whenever the camera follows nobody, a
/// [PtzOperator] clicks on somebody.
public final class PtzLatency {

    private static final String HISTOGRAM = "aerie_ptz_detection_to_command_seconds";
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration MEASURED_AT_LEAST = Duration.ofMinutes(1);
    private static final Duration MEASURED_AT_MOST = Duration.ofMinutes(5);
    private static final Duration OPERATOR_LOOKS_EVERY = Duration.ofSeconds(1);
    private static final double P95 = 0.95;
    private static final double MIN_COMMANDS = 50;
    private static final double MILLIS_PER_SECOND = 1000;

    private final Installation installation;
    private final PrintStream out;
    private final Path folder;
    private final PtzSite site;

    public PtzLatency(Installation installation, PrintStream out) {
        this.installation = installation;
        this.out = out;
        this.folder = installation.logs().resolveSibling("bench-ptz");
        this.site = new PtzSite(1, folder);
    }

    /// The 95th percentile, in milliseconds, over as many minutes, five at most, as it takes to see 50 commands; empty
    /// where it cannot be measured here, which is printed.
    public OptionalDouble p95Millis() {
        Deque<Child> children = new ArrayDeque<>();
        try {
            return measured(start(children));
        } catch (PartFailedException | IOException e) {
            out.println("detection_to_command_p95_ms is not measured: " + e.getMessage());
            return OptionalDouble.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return OptionalDouble.empty();
        } finally {
            children.forEach(Child::close);
        }
    }

    private OptionalDouble measured(ServiceApi service) throws IOException, InterruptedException {
        var operator = new PtzOperator(service, DemoSource.PTZ_CAMERAS.firstStream(), site.truth());
        watch(operator, WARM_UP);
        NavigableMap<Double, Double> before = service.histogram(HISTOGRAM);
        NavigableMap<Double, Double> during = new TreeMap<>();
        for (Duration spent = Duration.ZERO;
                spent.compareTo(MEASURED_AT_MOST) < 0 && total(during) < MIN_COMMANDS;
                spent = spent.plus(MEASURED_AT_LEAST)) {
            watch(operator, MEASURED_AT_LEAST);
            during = since(before, service.histogram(HISTOGRAM));
        }
        double commands = total(during);
        if (commands < MIN_COMMANDS) {
            out.printf(
                    "detection_to_command_p95_ms is not measured: %.0f commands in %d minutes%n",
                    commands, MEASURED_AT_MOST.toMinutes());
            return OptionalDouble.empty();
        }
        double millis = MILLIS_PER_SECOND * quantile(during, P95);
        out.printf("from a frame to the camera's answer, p95 of %.0f commands: %.1f ms%n", commands, millis);
        return OptionalDouble.of(millis);
    }

    private static void watch(PtzOperator operator, Duration span) throws IOException, InterruptedException {
        for (Duration spent = Duration.ZERO; spent.compareTo(span) < 0; spent = spent.plus(OPERATOR_LOOKS_EVERY)) {
            operator.look();
            Thread.sleep(OPERATOR_LOOKS_EVERY);
        }
    }

    private static NavigableMap<Double, Double> since(NavigableMap<Double, Double> before, Map<Double, Double> now) {
        var during = new TreeMap<Double, Double>();
        now.forEach((bound, count) -> during.put(bound, count - before.getOrDefault(bound, 0.0)));
        return during;
    }

    /// In a bucket it is taken to lie evenly.
    ///
    /// - `counts`: by upper bound, each with those of the bounds below
    static double quantile(NavigableMap<Double, Double> counts, double share) {
        double wanted = share * total(counts);
        double lower = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : counts.entrySet()) {
            double count = bucket.getValue();
            if (count >= wanted && count > below) {
                double upper = bucket.getKey();
                return Double.isInfinite(upper) ? upper : lower + (upper - lower) * (wanted - below) / (count - below);
            }
            lower = bucket.getKey();
            below = count;
        }
        return Double.NaN;
    }

    private static double total(NavigableMap<Double, Double> counts) {
        return counts.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /// - `children`: receives those that were started, the last one first
    private ServiceApi start(Deque<Child> children) throws PartFailedException, IOException, InterruptedException {
        site.prepare();
        site.film();
        var addresses = Addresses.choose(Map.of());
        children.push(child("ingest-server", addresses.ingestPort(), ingest(addresses)));
        children.peek().awaitReady(() -> Ports.accepts("127.0.0.1", addresses.rtspPort()), START_LIMIT);
        children.push(Child.start(
                "bench-ptz-cameras",
                installation.ownCommand("dev.aerie.simulator.PtzCameras", site.arguments(addresses)),
                site.credentials(),
                installation.logs()));
        children.push(child("ptz-service", addresses.ptzPort(), service(addresses)));
        var api = ServiceApi.onLoopback(addresses.ptzPort());
        children.peek().awaitReady(api::isReady, START_LIMIT);
        return api;
    }

    private Child child(String service, int port, Map<String, String> settings) throws PartFailedException {
        var environment = new HashMap<>(settings);
        environment.put("BIND_HOST", "127.0.0.1");
        environment.put("API_PORT", Integer.toString(port));
        return Child.start("bench-" + service, installation.serviceCommand(service), environment, installation.logs());
    }

    private static Map<String, String> ingest(Addresses addresses) {
        return Map.of("RTSP_PORT", Integer.toString(addresses.rtspPort()), "RABBITMQ_URL", "amqp://127.0.0.1:1");
    }

    private Map<String, String> service(Addresses addresses) {
        var settings = new HashMap<>(site.credentials());
        settings.put("PTZ_CONFIG", site.settingsFile().toString());
        settings.put("PTZ_STATE_PATH", folder.toString());
        settings.put("STREAM_NAME", DemoSource.PTZ_CAMERAS.firstStream());
        settings.put("RTSP_HOST", "127.0.0.1");
        settings.put("RTSP_PORT", Integer.toString(addresses.rtspPort()));
        settings.put("RABBITMQ_URL", "none");
        return settings;
    }
}
