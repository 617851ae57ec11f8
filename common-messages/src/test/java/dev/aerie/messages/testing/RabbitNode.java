package dev.aerie.messages.testing;

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
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A RabbitMQ node whose every path lies in a temporary folder and whose every port is free and on loopback, with a
/// port mapper (`epmd`) of its own. Ends with the JVM, however that ends.
final class RabbitNode implements BrokerNode {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Path INSTALLED = Path.of("/usr/lib/rabbitmq/lib");
    private static final String MISSING =
            "no broker for the tests: install rabbitmq-server, or set RABBITMQ_URL to one that runs";

    /// Schedulers of Erlang that sleep while they wait: several nodes share two cores.
    static final String SLEEPING_SCHEDULERS = "+sbwt none +sbwtdcpu none +sbwtdio none";

    /// Whether a consumer has held a message for too long is looked at every second (`advanced.config`).
    static final String QUICK_TICKS = "[{rabbit, [{channel_tick_interval, 1000}]}].\n";

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

    @Override
    public String url() {
        return "amqp://guest:guest@127.0.0.1:" + port + "/";
    }

    @Override
    public synchronized void start() {
        Path sbin = installedScripts();
        if (mapper == null) {
            mapper = OwnProcess.start(
                    List.of("epmd", "-address", "127.0.0.1", "-port", Integer.toString(mapperPort)),
                    Map.of(),
                    folder.resolve("epmd.log"));
        }
        server = OwnProcess.start(
                List.of(sbin.resolve("rabbitmq-server").toString()), environment(), folder.resolve("server.log"));
        BrokerAnswer.await(port, this::isAlive, this::log);
    }

    private synchronized boolean isAlive() {
        return server != null && server.isAlive();
    }

    /// Kills every process of the server at once.
    @Override
    public synchronized void kill() {
        if (server != null) {
            server.kill(STOP_LIMIT);
            server = null;
        }
    }

    @Override
    public void freeze() {
        signal("STOP");
    }

    @Override
    public void thaw() {
        signal("CONT");
    }

    private synchronized void signal(String name) {
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
        Files.writeString(folder.resolve("rabbitmq.conf"), lines(configuration));
        Files.writeString(folder.resolve("advanced.config"), QUICK_TICKS);
        Files.writeString(folder.resolve("enabled_plugins"), "[" + String.join(",", plugins) + "].\n");
        Files.writeString(folder.resolve("env.conf"), "");
    }

    /// `rabbitmq.conf` of these lines.
    static String lines(Map<String, String> configuration) {
        return configuration.entrySet().stream()
                .map(line -> line.getKey() + " = " + line.getValue())
                .collect(Collectors.joining("\n", "disk_free_limit.absolute = 50MB\n", "\n"));
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
                Map.entry(
                        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                        "-kernel inet_dist_use_interface {127,0,0,1} " + SLEEPING_SCHEDULERS),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                Map.entry("ERL_EPMD_PORT", Integer.toString(mapperPort)));
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("server.log"));
        } catch (IOException e) {
            return "unreadable: " + e.getMessage();
        }
    }

    /// `Debian's rabbitmq-server 3.10.8`, by the name of its folder.
    String description() {
        String folderName = Objects.requireNonNull(installedScripts().getParent())
                .getFileName()
                .toString();
        return "Debian's rabbitmq-server " + folderName.replace("rabbitmq_server-", "");
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

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
