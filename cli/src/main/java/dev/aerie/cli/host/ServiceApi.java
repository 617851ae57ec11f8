package dev.aerie.cli.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalDouble;

/// The HTTP side of one service: is it ready, what do its status and metrics say.
public record ServiceApi(URI root) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    public static ServiceApi onLoopback(int port) {
        return new ServiceApi(URI.create("http://127.0.0.1:" + port));
    }

    /// Whether readiness answers 200 now.
    public boolean isReady() {
        try {
            return get("/q/health/ready").status() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /// A JSON answer; throws [IOException] for any other status than 200.
    public JsonNode json(String path) throws IOException {
        return JSON.readTree(text(path));
    }

    /// The sum of a metric over all its labels; empty if the service does not have it.
    public OptionalDouble metric(String name) throws IOException {
        var values = text("/q/metrics")
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .toArray();
        return values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Arrays.stream(values).sum());
    }

    private String text(String path) throws IOException {
        Answer answer = get(path);
        if (answer.status() != 200) {
            throw new IOException("GET " + path + " answered " + answer.status());
        }
        return answer.body();
    }

    private Answer get(String path) throws IOException {
        var request =
                HttpRequest.newBuilder(root.resolve(path)).timeout(TIMEOUT).build();
        try {
            var response = HTTP.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private record Answer(int status, String body) {}
}
