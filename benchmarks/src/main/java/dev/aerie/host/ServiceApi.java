package dev.aerie.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// HTTP client of one service: readiness, status, metrics.
public record ServiceApi(URI root) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BOUND = Pattern.compile("[{,]le=\"([^\"]+)\"");

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

    /// Sends JSON and reads the JSON answer; throws [IOException] for any other status than 200.
    public JsonNode post(String path, JsonNode body) throws IOException {
        var request = HttpRequest.newBuilder(root.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        return JSON.readTree(body("POST", path, send(request)));
    }

    /// Every metric, each summed over its labels.
    public Map<String, Double> metrics() throws IOException {
        return sums(text("/q/metrics"));
    }

    /// Counts of a histogram by the upper bounds of its buckets, each with those below it, summed over its labels.
    public NavigableMap<Double, Double> histogram(String name) throws IOException {
        return buckets(text("/q/metrics"), name);
    }

    static NavigableMap<Double, Double> buckets(String text, String name) {
        var buckets = new TreeMap<Double, Double>();
        text.lines().filter(line -> line.startsWith(name + "_bucket{")).forEach(line -> {
            Matcher bound = BOUND.matcher(line);
            if (bound.find()) {
                double upper =
                        bound.group(1).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound.group(1));
                buckets.merge(upper, Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)), Double::sum);
            }
        });
        return buckets;
    }

    /// - `text`: in Prometheus' format, without times
    static Map<String, Double> sums(String text) {
        var sums = new HashMap<String, Double>();
        text.lines().filter(line -> !line.isBlank() && line.charAt(0) != '#').forEach(line -> {
            int labels = line.indexOf('{');
            String name = line.substring(0, labels >= 0 ? labels : line.indexOf(' '));
            sums.merge(name, Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)), Double::sum);
        });
        return Map.copyOf(sums);
    }

    private String text(String path) throws IOException {
        return body("GET", path, get(path));
    }

    private static String body(String method, String path, Answer answer) throws IOException {
        if (answer.status() != 200) {
            throw new IOException(method + " " + path + " answered " + answer.status());
        }
        return answer.body();
    }

    private Answer get(String path) throws IOException {
        return send(HttpRequest.newBuilder(root.resolve(path)).timeout(TIMEOUT).build());
    }

    private static Answer send(HttpRequest request) throws IOException {
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
