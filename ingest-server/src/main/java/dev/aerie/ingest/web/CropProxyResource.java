package dev.aerie.ingest.web;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// `GET /api/streams/{stream}/objects/{object}/crop`: an object cut out of a frame, fetched from the
/// frame-processor.
@Path("/api/streams/{stream: [a-z0-9][a-z0-9_-]*}/objects/{object: [0-9]+}/crop")
@Blocking
final class CropProxyResource {

    private final FrameProcessorClient client;

    CropProxyResource(FrameProcessorClient client) {
        this.client = client;
    }

    @GET
    public Response crop(
            String stream, long object, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return client.send("GET", "/api/streams/" + stream + "/objects/" + object + "/crop", "", authorization);
    }
}
