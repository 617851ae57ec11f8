package dev.aerie.ingest.webrtc;

import dev.aerie.ingest.transcode.BrowserStreams;
import dev.aerie.service.web.ProblemException;
import dev.aerie.service.web.RequestLimits;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/// WebRTC for viewers by WHEP: an offer is answered, the session is deleted by its address.
@Path("/whep/{stream: [a-z0-9][a-z0-9_-]*(/overlay)?}")
@Blocking
final class WhepResource extends WebRtcResource {

    private final WebRtcServer server;
    private final BrowserStreams streams;

    WhepResource(WebRtcServer server, BrowserStreams streams) {
        super(server);
        this.server = server;
        this.streams = streams;
    }

    @POST
    @Consumes(SDP)
    public Response open(@PathParam("stream") String stream, String offer, HttpServerRequest request)
            throws IOException, InterruptedException {
        if (!server.isListening()) {
            throw noPort();
        }
        var found = switch (streams.await(stream)) {
            case BrowserStreams.Found.Live(var live) -> live;
            case BrowserStreams.Found.NotLive _ -> throw ProblemException.notFound("no live stream has this name");
            case BrowserStreams.Found.Refused(String reason) -> throw ProblemException.unavailable(reason);
        };
        try {
            var opened = server.read(found, offer, RequestLimits.address(request.remoteAddress()))
                    .orElseThrow(WebRtcResource::noPlace);
            return created("/whep/" + stream, opened);
        } catch (IllegalArgumentException wrong) {
            throw ProblemException.badRequest("body", String.valueOf(wrong.getMessage()));
        }
    }

    @Override
    Response ended() {
        return Response.noContent().build();
    }
}
