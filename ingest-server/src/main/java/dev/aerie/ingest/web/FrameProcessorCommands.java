package dev.aerie.ingest.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.messages.FrameId;
import dev.aerie.service.web.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// `POST /prompt`, `/mode`, `/fps`, `/strategy`, `DELETE /prompt/{stream}/{object}`: commands forwarded to a
/// frame-processor. A body's `stream` names the stream; without one it is the default stream.
@Path("/")
@Blocking
@Consumes(MediaType.APPLICATION_JSON)
final class FrameProcessorCommands {

    private final FrameProcessorClient client;
    private final PublicRelayAddress address;

    FrameProcessorCommands(FrameProcessorClient client, PublicRelayAddress address) {
        this.client = client;
        this.address = address;
    }

    @POST
    @Path("prompt")
    public Response prompt(
            @Nullable ObjectNode body, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return send("POST", "prompts", body, authorization);
    }

    @POST
    @Path("mode")
    public Response mode(
            @Nullable ObjectNode body, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return send("PUT", "mode", body, authorization);
    }

    @POST
    @Path("fps")
    public Response fps(
            @Nullable ObjectNode body, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return send("PUT", "fps", body, authorization);
    }

    @POST
    @Path("strategy")
    public Response strategy(
            @Nullable ObjectNode body, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return send("PUT", "strategy", body, authorization);
    }

    @DELETE
    @Path("prompt/{stream}/{object}")
    @Consumes(MediaType.WILDCARD)
    public Response remove(
            @PathParam("stream") String stream,
            @PathParam("object") long object,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return client.send("DELETE", path(stream, "prompts/" + object), "", authorization);
    }

    private Response send(String method, String what, @Nullable ObjectNode body, @Nullable String authorization) {
        if (body == null) {
            throw ProblemException.badRequest("body", "a JSON object");
        }
        var named = body.remove("stream");
        String stream = named == null ? address.defaultStream() : named.asText();
        return client.send(method, path(stream, what), body.toString(), authorization);
    }

    private static String path(String stream, String what) {
        if (!FrameId.isStreamName(stream)) {
            throw ProblemException.badRequest("stream", "[a-z0-9][a-z0-9_-]{0,62}");
        }
        return "/api/streams/" + stream + "/" + what;
    }
}
