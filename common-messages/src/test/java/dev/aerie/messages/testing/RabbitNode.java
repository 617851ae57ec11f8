package dev.aerie.messages.testing;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A RabbitMQ node whose every path lies in a temporary folder and whose every port is free and on loopback, with a
/// port mapper (`epmd`) of its own. Ends with the JVM, however that ends.
final class RabbitNode implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Path INSTALLED = Path.of("/usr/lib/rabbitmq/lib");
    private static final String MISSING =
            "no broker for the tests: install rabbitmq-server, or set RABBITMQ_URL to one that runs";

    private final Map<String, String> configuration;
    private final List<String> plugins;
    private final Path folder;
    private final int port = freePort();
    private final int distributionPort = freePort();
    private final int mapperPort = freePort();
    private final Thread atExit = new Thread(this::stop);
    private @Nullable OwnProcess mapper;
    private @Nullable OwnProcess server;

    /// - `configuration`: lines of `rabbitmq.conf`; `plugins`: which to switch on
    RabbitNode(Map<String, String> configuration, List<String> plugins) {
        this.configuration = configuration;
        this.plugins = plugins;
        try {
            folder = Files.createTempDirectory("aerie-rabbit");
            writeConfiguration();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    String url() {
        return "amqp://guest:guest@127.0.0.1:" + port + "/";
    }

    /// Starts it, or starts it again with the data it had; returns when it answers.
    synchronized void start() {
        Path sbin = installedScripts();
        if (mapper == null) {
            mapper = OwnProcess.start(
                    List.of("epmd", "-address", "127.0.0.1", "-port", Integer.toString(mapperPort)),
                    Map.of(),
                    folder.resolve("epmd.log"));
        }
        server = OwnProcess.start(
                List.of(sbin.resolve("rabbitmq-server").toString()), environment(), folder.resolve("server.log"));
        awaitAnswer();
    }

    /// Kills every process of the server at once.
    synchronized void kill() {
        if (server != null) {
            server.kill(STOP_LIMIT);
            server = null;
        }
    }

    synchronized void signal(String name) {
        if (server != null) {
            server.signal(name);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        stop();
    }

    private synchronized void stop() {
        kill();
        if (mapper != null) {
            mapper.kill(STOP_LIMIT);
            mapper = null;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException _) {
            folder.toFile().deleteOnExit(); // left to the system's cleaning of temporary files
        }
    }

    private void writeConfiguration() throws IOException {
        String lines = configuration.entrySet().stream()
                .map(line -> line.getKey() + " = " + line.getValue())
                .collect(Collectors.joining("\n", "disk_free_limit.absolute = 50MB\n", "\n"));
        Files.writeString(folder.resolve("rabbitmq.conf"), lines);
        Files.writeString(folder.resolve("advanced.config"), "[{rabbit, [{channel_tick_interval, 1000}]}].\n");
        Files.writeString(folder.resolve("enabled_plugins"), "[" + String.join(",", plugins) + "].\n");
        Files.writeString(folder.resolve("env.conf"), "");
    }

    private Map<String, String> environment() {
        String dir = folder.toString();
        return Map.ofEntries(
                Map.entry("HOME", dir),
                Map.entry("RABBITMQ_NODENAME", "aerie-" + port + "@localhost"),
                Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(distributionPort)),
                Map.entry("RABBITMQ_MNESIA_BASE", dir + "/data"),
                Map.entry("RABBITMQ_LOG_BASE", dir + "/log"),
                Map.entry("RABBITMQ_GENERATED_CONFIG_DIR", dir + "/generated"),
                Map.entry("RABBITMQ_CONFIG_FILE", dir + "/rabbitmq.conf"),
                Map.entry("RABBITMQ_ADVANCED_CONFIG_FILE", dir + "/advanced.config"),
                Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", dir + "/enabled_plugins"),
                Map.entry("RABBITMQ_CONF_ENV_FILE", dir + "/env.conf"),
                Map.entry("RABBITMQ_PID_FILE", dir + "/pid"),
                // Its schedulers sleep while they wait: several nodes share two cores.
                Map.entry(
                        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                        "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none"),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                Map.entry("ERL_EPMD_PORT", Integer.toString(mapperPort)));
    }

    private void awaitAnswer() {
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline && server != null && server.isAlive()) {
            try (var connection = factory.newConnection("ready?")) {
                if (connection.isOpen()) {
                    return;
                }
            } catch (IOException | TimeoutException _) {
                pause();
            }
        }
        throw new IllegalStateException("rabbitmq-server does not answer; its log:\n" + log());
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("server.log"));
        } catch (IOException e) {
            return "unreadable: " + e.getMessage();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while RabbitMQ starts", e);
        }
    }

    private static Path installedScripts() {
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("sbin"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(MISSING));
        } catch (IOException e) {
            throw new IllegalStateException(MISSING, e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
