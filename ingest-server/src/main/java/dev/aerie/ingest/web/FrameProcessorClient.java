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

/// Sends commands on to a frame-processor and gives its answer back as it is.
public final class FrameProcessorClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Optional<String> baseUrl;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /// `baseUrl` is empty where no frame-processor is known.
    public FrameProcessorClient(Optional<String> baseUrl) {
        this.baseUrl = baseUrl.map(url -> url.replaceAll("/+$", ""));
    }

    /// Throws [ProblemException]: 503 where none is set, 502 where it does not answer.
    Response send(String method, String path, String json) {
        String base = baseUrl.orElseThrow(() -> ProblemException.unavailable(
                "no frame-processor is known to this server: set FRAME_PROCESSOR_URL, or ask the frame-processor"));
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .header("Content-Type", MediaType.APPLICATION_JSON)
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return Response.status(answer.statusCode())
                    .type(answer.headers().firstValue("Content-Type").orElse(MediaType.APPLICATION_JSON))
                    .entity(answer.body())
                    .build();
        } catch (IOException e) {
            throw ProblemException.badGateway("the frame-processor does not answer");
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
