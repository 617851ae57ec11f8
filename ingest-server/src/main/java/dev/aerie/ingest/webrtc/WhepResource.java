package dev.aerie.ingest.webrtc;

import dev.aerie.ingest.transcode.BrowserStreams;
import dev.aerie.service.web.ProblemException;
import dev.aerie.service.web.RequestLimits;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;

/// WebRTC for viewers by WHEP: an offer is answered, the session is deleted by its address. There is no trickle: the
/// answer has all candidates, and the browser's are learned from its checks.
@Path("/whep/{stream: [a-z0-9][a-z0-9_-]*(/overlay)?}")
@Blocking
final class WhepResource {

    private static final String SDP = "application/sdp";

    private final WebRtcServer server;
    private final BrowserStreams streams;

    WhepResource(WebRtcServer server, BrowserStreams streams) {
        this.server = server;
        this.streams = streams;
    }

    @POST
    @Consumes(SDP)
    public Response open(@PathParam("stream") String stream, String offer, HttpServerRequest request)
            throws IOException, InterruptedException {
        if (!server.isListening()) {
            throw ProblemException.unavailable("WebRTC has no port: the log says why (WEBRTC_PORT)");
        }
        var found = switch (streams.find(stream)) {
            case BrowserStreams.Found.Live(var live) -> live;
            case BrowserStreams.Found.NotLive _ -> throw ProblemException.notFound("no live stream has this name");
            case BrowserStreams.Found.Refused(String reason) -> throw ProblemException.unavailable(reason);
        };
        try {
            var opened = server.open(found, offer, RequestLimits.address(request.remoteAddress()))
                    .orElseThrow(
                            () -> ProblemException.unavailable("all sessions of WebRTC are taken (WEBRTC_SESSIONS)"));
            return Response.created(URI.create("/whep/" + stream + "/" + opened.session()))
                    .type(SDP)
                    .entity(opened.answer())
                    .build();
        } catch (IllegalArgumentException wrong) {
            throw ProblemException.badRequest("body", String.valueOf(wrong.getMessage()));
        }
    }

    @DELETE
    @Path("/{session: [0-9a-f]{32}}")
    public Response end(@PathParam("stream") String stream, @PathParam("session") String session) {
        if (!server.end(stream, session)) {
            throw ProblemException.notFound("there is no such session, or not any more");
        }
        return Response.noContent().build();
    }
}
