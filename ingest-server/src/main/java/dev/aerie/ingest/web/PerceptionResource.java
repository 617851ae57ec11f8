package dev.aerie.ingest.web;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// `GET /api/streams/{stream}/perception`: the frame-processor's detection and tracking settings of a stream,
/// fetched from it.
@Path("/api/streams/{stream: [a-z0-9][a-z0-9_-]*}/perception")
@Blocking
final class PerceptionResource {

    private final FrameProcessorClient client;

    PerceptionResource(FrameProcessorClient client) {
        this.client = client;
    }

    @GET
    public Response perception(String stream, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return client.send("GET", "/api/streams/" + stream, "", authorization);
    }
}
