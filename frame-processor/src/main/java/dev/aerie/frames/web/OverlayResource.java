package dev.aerie.frames.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.frames.overlay.OverlayRequests;
import dev.aerie.frames.pipeline.FrameWorker;
import dev.aerie.service.web.ProblemException;
import dev.aerie.service.worker.StreamWorkers;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// Annotated video of a stream of this replica, published to the relay while it is requested.
@Path("/api/streams/{stream}/overlay")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class OverlayResource {

    private static final int DEFAULT_SECONDS = 60;
    private static final int MAX_SECONDS = 3600;

    private final StreamWorkers<FrameWorker> workers;
    private final OverlayRequests requests;

    OverlayResource(StreamWorkers<FrameWorker> workers, OverlayRequests requests) {
        this.workers = workers;
        this.requests = requests;
    }

    /// The annotated video's stream, and for how long it is published.
    public record Wanted(String stream, int seconds) {}

    @PUT
    @Operation(summary = "Publish <stream>/overlay for some time: {\"seconds\": 60}; repeat to prolong it")
    public Wanted ask(@PathParam("stream") String stream, @Nullable JsonNode body) {
        requireWork(stream);
        int seconds = DEFAULT_SECONDS;
        if (body != null && body.has("seconds")) {
            JsonNode value = body.get("seconds");
            if (!value.isInt() || value.asInt() < 1 || value.asInt() > MAX_SECONDS) {
                throw ProblemException.unprocessable("seconds", "a whole number from 1 to " + MAX_SECONDS);
            }
            seconds = value.asInt();
        }
        requests.request(stream, Duration.ofSeconds(seconds));
        return new Wanted(stream + "/overlay", seconds);
    }

    @DELETE
    @Operation(summary = "Stop publishing <stream>/overlay")
    public void end(@PathParam("stream") String stream) {
        requireWork(stream);
        requests.end(stream);
    }

    private void requireWork(String stream) {
        if (workers.find(stream).isEmpty()) {
            throw ProblemException.notFound("stream '" + stream + "' is not processed here");
        }
    }
}
