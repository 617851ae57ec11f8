package dev.aerie.rtsp.gortc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// go2rtc's REST API, as version 1.9.9 behaves: all parameters are in the query; a JSON body is answered with 200
/// and ignored; removing an unknown stream is answered with 200 too.
///
/// Thread-safe. Throws [IOException] if it does not answer, or answers with an error.
public final class Go2rtc implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final String INFO = "/api";
    private static final String STREAMS = "/api/streams";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    private final URI api;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /// `api`: `http://host:1984`
    public Go2rtc(URI api) {
        this.api = URI.create(api.toString().replaceAll("/+$", ""));
    }

    public Map<String, Go2rtcStream> list() throws IOException, InterruptedException {
        var streams = new TreeMap<String, Go2rtcStream>();
        parse(expectOk(send("GET", "")))
                .properties()
                .forEach(entry -> streams.put(entry.getKey(), Go2rtcStream.of(entry.getValue())));
        return streams;
    }

    /// One stream; empty for an unknown name.
    public Optional<Go2rtcStream> find(String name) throws IOException, InterruptedException {
        return find("?src=" + encoded(name), NOT_FOUND);
    }

    /// Adds a stream or replaces it; the second source is tried if the first fails.
    public void add(String name, List<String> sources) throws IOException, InterruptedException {
        var query = new StringBuilder("?name=" + encoded(name));
        sources.forEach(source -> query.append("&src=").append(encoded(source)));
        expectOk(send("PUT", query.toString()));
    }

    /// Removes a stream; does nothing for an unknown one.
    public void remove(String name) throws IOException, InterruptedException {
        expectOk(send("DELETE", "?src=" + encoded(name)));
    }

    /// Waits until it is connected to a source of the stream. The request itself makes it connect: it does so only
    /// for a client that wants video. Returns false after `limit`.
    public boolean awaitReady(String name, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            var stream = find("?src=" + encoded(name) + "&video=all", SERVER_ERROR);
            if (stream.filter(Go2rtcStream::ready).isPresent()) {
                return true;
            }
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    /// The address of its RTSP server; empty without one.
    public OptionalInt rtspPort() throws IOException, InterruptedException {
        String listen =
                parse(expectOk(send("GET", INFO, ""))).at("/rtsp/listen").asText();
        String port = listen.substring(listen.lastIndexOf(':') + 1);
        return port.matches("[0-9]{1,5}") ? OptionalInt.of(Integer.parseInt(port)) : OptionalInt.empty();
    }

    /// Whether it answers.
    public boolean isHealthy() throws InterruptedException {
        try {
            list();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private Optional<Go2rtcStream> find(String query, int none) throws IOException, InterruptedException {
        var answer = send("GET", query);
        if (answer.statusCode() == none) {
            return Optional.empty();
        }
        return Optional.of(Go2rtcStream.of(parse(expectOk(answer))));
    }

    private HttpResponse<String> send(String method, String query) throws IOException, InterruptedException {
        return send(method, STREAMS, query);
    }

    private HttpResponse<String> send(String method, String path, String query)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(api + path + query))
                .timeout(TIMEOUT)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /// Names the status only: the query holds URLs with passwords.
    private static String expectOk(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != OK) {
            throw new IOException("go2rtc answered " + answer.statusCode() + " to "
                    + answer.request().method());
        }
        return answer.body();
    }

    private static JsonNode parse(String body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException("go2rtc's answer is not JSON", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
