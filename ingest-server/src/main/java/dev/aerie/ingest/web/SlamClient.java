package dev.aerie.ingest.web;

import dev.aerie.web.ProblemException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/// Fetches what the dashboard shows of a slam-service, so that a browser needs one server only.
public final class SlamClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Optional<String> baseUrl;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /// `baseUrl` is empty where no slam-service is known.
    public SlamClient(Optional<String> baseUrl) {
        this.baseUrl = baseUrl.map(url -> url.replaceAll("/+$", ""));
    }

    /// The points of a stream's map as slam-service gives them. Throws [ProblemException]: 503 where none is set, 502
    /// where it does not answer.
    Response map(String stream) {
        String base = baseUrl.orElseThrow(() -> ProblemException.unavailable(
                "no slam-service is known to this server: set SLAM_SERVICE_URL, or ask the slam-service"));
        var request = HttpRequest.newBuilder(URI.create(base + "/api/streams/" + stream + "/map"))
                .timeout(TIMEOUT)
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return Response.status(answer.statusCode())
                    .type(answer.headers().firstValue("Content-Type").orElse(MediaType.APPLICATION_OCTET_STREAM))
                    .entity(answer.body())
                    .build();
        } catch (IOException e) {
            throw ProblemException.badGateway("the slam-service does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("the server stops");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
