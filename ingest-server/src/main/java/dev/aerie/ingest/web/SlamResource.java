package dev.aerie.ingest.web;

import dev.aerie.messages.FrameId;
import dev.aerie.service.web.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// SLAM's map and trajectory for the dashboard, fetched from a slam-service.
@Path("/api/slam/{stream}")
@Blocking
final class SlamResource {

    private final SlamClient client;

    SlamResource(SlamClient client) {
        this.client = client;
    }

    @GET
    @Path("/map")
    public Response map(
            @PathParam("stream") String stream,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        if (!FrameId.isStreamName(stream)) {
            throw ProblemException.badRequest("stream", "[a-z0-9][a-z0-9_-]{0,62}");
        }
        return client.send("GET", "/api/streams/" + stream + "/map", "", authorization);
    }
}
