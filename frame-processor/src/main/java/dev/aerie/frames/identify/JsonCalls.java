package dev.aerie.frames.identify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.messages.Identification.Finding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// Calls of one HTTP API with JSON, bounded in time and in size of the response. No redirects, so that the key goes to
/// no other host. Safe for several threads.
final class JsonCalls implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final long MAX_ANSWER_BYTES = 1 << 20;
    private static final int MAX_FINDINGS = 20;
    private static final int MAX_LABEL_CHARACTERS = 64;
    private static final int MAX_DETAIL_CHARACTERS = 500;

    /// Line breaks, other control characters, and those that turn the direction of writing round.
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private static final int OK = 200;
    private static final int FIRST_OTHER = 300;

    private final URI address;
    private final String key;
    private final Duration timeout;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /// - `key`: goes into the header `Authorization: Bearer …`
    /// - `timeout`: of a whole call
    JsonCalls(URI address, String key, Duration timeout) {
        this.address = address;
        this.key = key;
        this.timeout = timeout;
    }

    /// Posts `body`; the response's JSON. Throws [IOException] for a timeout, another status than 2xx, invalid
    /// JSON.
    JsonNode post(ObjectNode body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        var answer = send(request);
        if (answer.statusCode() < OK || answer.statusCode() >= FIRST_OTHER) {
            throw new IOException("it answers with status " + answer.statusCode());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IOException("its response is not JSON", e);
        }
    }

    /// `[{"label": …, "score": 0..1, "detail": …}, …]`, texts as one printable line, shortened; throws [IOException]
    /// for anything else.
    static List<Finding> findings(JsonNode results) throws IOException {
        if (!results.isArray() || results.size() > MAX_FINDINGS) {
            throw new IOException("it answers without a list `results` of at most " + MAX_FINDINGS);
        }
        var findings = new ArrayList<Finding>();
        for (JsonNode result : results) {
            try {
                JsonNode detail = result.path("detail");
                findings.add(new Finding(
                        line(result.path("label").asText(), MAX_LABEL_CHARACTERS),
                        result.path("score").asDouble(-1),
                        detail.isTextual() ? line(detail.asText(), MAX_DETAIL_CHARACTERS) : null));
            } catch (IllegalArgumentException e) {
                throw new IOException("it answers with an unusable result: " + e.getMessage(), e);
            }
        }
        return findings;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        var call = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            return call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("it does not answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException("it cannot be asked: " + e.getCause(), e);
        } finally {
            call.cancel(true);
        }
    }

    private static String line(String text, int maxCharacters) {
        String line = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
        return line.length() <= maxCharacters ? line : line.substring(0, maxCharacters);
    }
}
