package dev.aerie.benchmarks.bus;

import dev.aerie.host.Child;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import dev.aerie.messages.amqp.BrokerAddress;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// RabbitMQ's own PerfTest, which Maven brings: as many connections, messages of the same mean size, the same queue.
final class PerfTestBus implements BusClient {

    private static final String POM = "benchmarks/peers/perf-test.xml";
    private static final Duration START = Duration.ofSeconds(30);
    private static final Pattern RECEIVED = Pattern.compile("receiving rate avg: (\\d+) msg/s");
    private static final Pattern LATENCY =
            Pattern.compile("consumer latency min/median/75th/95th/99th (?:\\d+/){4}(\\d+) .s");

    private final Installation installation;

    PerfTestBus(Installation installation) {
        this.installation = installation;
    }

    @Override
    public String name() {
        return "perf-test";
    }

    @Override
    public Optional<String> obstacle() {
        try {
            return Files.size(classPath()) > 0 ? Optional.empty() : Optional.of("Maven brought nothing");
        } catch (IOException | PartFailedException e) {
            return Optional.of("Maven did not bring com.rabbitmq:perf-test: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    @Override
    public BusRow measure(BusRun run, BrokerAddress broker) throws IOException, InterruptedException {
        try {
            List<String> command = installation.java(List.of(), arguments(run, Files.readString(classPath())));
            Duration limit = run.length().plus(run.warmUp()).plus(START);
            Map<String, String> environment = Map.of("URI", uri(broker));
            try (Child child = Child.start(name(), command, environment, installation.logs())) {
                if (!ended(child, limit)) {
                    throw new IOException("perf-test did not end, see " + child.log());
                }
                return row(run, Files.readString(child.log()));
            }
        } catch (PartFailedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static boolean ended(Child child, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (child.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(100);
        }
        return !child.isAlive();
    }

    /// The address is in the environment, where other users of the machine do not see its password.
    private static List<String> arguments(BusRun run, String classPath) {
        int publishers = Math.min(BusRun.PUBLISHERS, run.streams());
        long seconds = run.length().plus(run.warmUp()).toSeconds();
        var arguments = new ArrayList<String>(List.of("-cp", classPath.strip(), "com.rabbitmq.perf.PerfTest"));
        arguments.addAll(List.of("--exchange", EXCHANGE, "--type", "fanout", "--auto-delete", "true"));
        arguments.addAll(List.of("--producers", Integer.toString(publishers), "--consumers", "1"));
        arguments.addAll(List.of("--rate", Long.toString(Math.max(1, run.offeredPerSecond() / publishers))));
        arguments.addAll(List.of("--size", Integer.toString(StreamTraffic.meanBytes()), "--time", "" + seconds));
        arguments.addAll(List.of("--qos", Integer.toString(PREFETCH), "--flag", "persistent"));
        arguments.addAll(List.of("--queue-args", "x-max-length=" + QUEUE_MESSAGES + ",x-overflow=drop-head"));
        arguments.add("--use-millis");
        if (run.kind() == BusRow.Delivery.CONFIRMED) {
            arguments.addAll(List.of("--confirm", "2048"));
        }
        return arguments;
    }

    private BusRow row(BusRun run, String output) throws IOException {
        var received = RECEIVED.matcher(output);
        if (!received.find()) {
            throw new IOException("perf-test said nothing of its rate");
        }
        return new BusRow(
                name(),
                run.kind(),
                run.streams(),
                run.offeredPerSecond(),
                Long.parseLong(received.group(1)),
                latency(output));
    }

    private static @Nullable Double latency(String output) {
        var latency = LATENCY.matcher(output);
        Double last = null;
        while (latency.find()) {
            last = Double.valueOf(latency.group(1));
        }
        return last;
    }

    private static String uri(BrokerAddress broker) {
        return "%s://%s:%s@%s:%d/%s"
                .formatted(
                        broker.tls() ? "amqps" : "amqp",
                        encoded(broker.user()),
                        encoded(broker.password()),
                        broker.host(),
                        broker.port(),
                        encoded(broker.virtualHost()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// A file with PerfTest's class path; made by Maven the first time.
    private Path classPath() throws IOException, PartFailedException, InterruptedException {
        Path file = installation.root().resolve(".aerie/perf-test.classpath");
        if (!Files.exists(file)) {
            var command = List.of(
                    "mvn",
                    "-B",
                    "-q",
                    "-f",
                    installation.root().resolve(POM).toString(),
                    "dependency:build-classpath",
                    "-Dmdep.outputFile=" + file);
            try (Child maven = Child.start("perf-test-maven", command, Map.of(), installation.logs())) {
                if (!ended(maven, Duration.ofMinutes(3)) || !Files.exists(file)) {
                    throw new PartFailedException("see " + maven.log());
                }
            }
        }
        return file;
    }
}
