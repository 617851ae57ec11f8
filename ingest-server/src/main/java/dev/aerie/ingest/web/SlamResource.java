package dev.aerie.ingest.web;

import dev.aerie.messages.FrameId;
import dev.aerie.web.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/// What the dashboard shows of SLAM, fetched from a slam-service.
@Path("/api/slam/{stream}")
@Blocking
final class SlamResource {

    private final SlamClient client;

    SlamResource(SlamClient client) {
        this.client = client;
    }

    @GET
    @Path("/map")
    public Response map(@PathParam("stream") String stream) {
        if (!FrameId.isStreamName(stream)) {
            throw ProblemException.badRequest("stream", "[a-z0-9][a-z0-9_-]{0,62}");
        }
        return client.map(stream);
    }
}
