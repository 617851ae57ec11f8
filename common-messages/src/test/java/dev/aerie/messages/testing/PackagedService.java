package dev.aerie.messages.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.tls.TrustedAuthorities;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The service of the module under test as it is packaged, started as an operator starts it, in a process of its own.
public final class PackagedService implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int OK = 200;
    private static final int STILL_RUNNING = -1;

    private final KillableReplica process;
    private final Path log;
    private final URI uri;
    private final HttpClient http;

    private PackagedService(KillableReplica process, Path log, URI uri, HttpClient http) {
        this.process = process;
        this.log = log;
        this.uri = uri;
        this.http = http;
    }

    /// Started, and ready.
    ///
    /// - `settings`: beside the port of its API; with `TLS_CERTIFICATE` also `TLS_CA`, which the client here trusts
    /// - `log`: gets what it prints
    public static PackagedService start(Map<String, String> settings, Path log)
            throws IOException, InterruptedException {
        return start(settings, log, "/q/health/ready");
    }

    /// As [#start], for a service that never becomes ready, because its broker is not there.
    public static PackagedService startWithoutBroker(Map<String, String> settings, Path log)
            throws IOException, InterruptedException {
        return start(settings, log, "/q/health/live");
    }

    private static PackagedService start(Map<String, String> settings, Path log, String health)
            throws IOException, InterruptedException {
        Path jar = Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
        assumeTrue(Files.exists(jar), "skipped: the service is not packaged");
        int port = freePort();
        var environment = new HashMap<>(settings);
        environment.put("API_PORT", Integer.toString(port));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String options = "@" + Path.of("jvm.options").toAbsolutePath();
        var process = KillableReplica.run(List.of(java, options, "-jar", jar.toString()), environment, log);
        boolean secure = settings.containsKey("TLS_CERTIFICATE");
        var client = HttpClient.newBuilder();
        if (secure) {
            client.sslContext(TrustedAuthorities.context(Path.of(settings.get("TLS_CA"))));
        }
        var uri = URI.create((secure ? "https" : "http") + "://127.0.0.1:" + port);
        var service = new PackagedService(process, log, uri, client.build());
        Eventually.holds(() -> "started, printed " + service.printed(), START_LIMIT, () -> service.answersWell(health));
        return service;
    }

    /// How a service has ended, and what it printed.
    public record Ending(int status, String printed) {}

    /// Started where it is expected to refuse to; ended after a minute at most, with a status that says so.
    ///
    /// - `options`: of the JVM
    /// - `folder`: it works in
    public static Ending refusal(List<String> options, Map<String, String> settings, Path folder)
            throws IOException, InterruptedException {
        Path jar = Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
        assumeTrue(Files.exists(jar), "skipped: the service is not packaged");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + Path.of("jvm.options").toAbsolutePath());
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        Path log = folder.resolve("refusal.log");
        builder.redirectOutput(log.toFile()).environment().putAll(settings);
        builder.environment().put("API_PORT", Integer.toString(freePort()));
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(1, TimeUnit.MINUTES);
            return new Ending(ended ? process.exitValue() : STILL_RUNNING, Files.readString(log));
        } finally {
            process.destroyForcibly();
        }
    }

    public boolean isReady() {
        return answersWell("/q/health/ready");
    }

    private boolean answersWell(String path) {
        try {
            return answer(path).statusCode() == OK;
        } catch (IOException _) {
            return false;
        }
    }

    /// What `path` of its API answers.
    public JsonNode get(String path) throws IOException {
        return JSON.readTree(answer(path).body());
    }

    /// The lines of JSON in its log so far.
    public List<JsonNode> results() {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith("{"))
                    .map(PackagedService::json)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("its log cannot be read", e);
        }
    }

    /// Of its API.
    public URI uri() {
        return uri;
    }

    /// Ends it without a chance to tidy up, as `kill -9` does.
    public void kill() {
        process.kill();
    }

    /// Asks it to end, as SIGTERM does; returns whether it has, within `limit`.
    public boolean terminate(Duration limit) throws InterruptedException {
        return process.terminate(limit);
    }

    public String printed() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.close();
        http.close();
    }

    private HttpResponse<String> answer(String path) throws IOException {
        try {
            var request = HttpRequest.newBuilder(uri.resolve(path))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /// The last line may not be whole yet.
    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException _) {
            return JSON.missingNode();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
