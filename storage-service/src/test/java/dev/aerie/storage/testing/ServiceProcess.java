package dev.aerie.storage.testing;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.KillableReplica;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The whole service as it is packaged, in a process of its own, which a test may kill and start again.
public final class ServiceProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final List<String> command;
    private final Map<String, String> settings;
    private final String api;
    private @Nullable KillableReplica process;

    private ServiceProcess(List<String> command, Map<String, String> settings, int port) {
        this.command = command;
        this.settings = settings;
        this.api = "http://127.0.0.1:" + port;
    }

    /// Started, and ready.
    public static ServiceProcess start(Path archive, String brokerUrl) throws IOException, InterruptedException {
        Path jar = Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
        assumeTrue(Files.exists(jar), "skipped: storage-service is not packaged");
        int port = freePort();
        var service = new ServiceProcess(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        jar.toString()),
                Map.of(
                        "API_PORT",
                        Integer.toString(port),
                        "RABBITMQ_URL",
                        brokerUrl,
                        "STORAGE_PATH",
                        archive.toString(),
                        "RETENTION_FREE",
                        "0"),
                port);
        service.restart();
        return service;
    }

    /// Starts it where it does not run, and waits until it is ready.
    public void restart() throws InterruptedException {
        if (process == null) {
            process = KillableReplica.run(command, settings, Path.of("target", "service-process.log"));
        }
        awaitReady();
    }

    public void awaitReady() throws InterruptedException {
        Eventually.holds(() -> "ready, answers " + answer(), LIMIT, () -> readiness() == 200);
    }

    /// By SIGKILL.
    public void kill() {
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    /// Status of `/q/health/ready`; 0 where nothing answers.
    public int readiness() {
        try {
            return health().statusCode();
        } catch (Exception _) { // RestAssured throws what it declares nowhere
            return 0;
        }
    }

    /// What `/q/health/ready` says.
    public Response health() {
        return given().get(api + "/q/health/ready");
    }

    @Override
    public void close() {
        kill();
    }

    private String answer() {
        return readiness() == 0 ? "nothing" : health().asString();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
