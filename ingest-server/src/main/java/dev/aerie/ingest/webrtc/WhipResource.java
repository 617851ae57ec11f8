package dev.aerie.ingest.webrtc;

import dev.aerie.ingest.stream.StreamRefusedException;
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

/// WebRTC for browsers and encoders that publish, by WHIP (RFC 9725): an offer is answered, the session is deleted by
/// its address.
@Path("/whip/{stream: [a-z0-9][a-z0-9_-]*}")
@Blocking
final class WhipResource extends WebRtcResource {

    private final WebRtcServer server;

    WhipResource(WebRtcServer server) {
        super(server);
        this.server = server;
    }

    @POST
    @Consumes(SDP)
    public Response open(@PathParam("stream") String stream, String offer, HttpServerRequest request)
            throws IOException {
        if (!server.isListening()) {
            throw noPort();
        }
        try {
            var opened = server.publish(stream, offer, RequestLimits.address(request.remoteAddress()))
                    .orElseThrow(WebRtcResource::noPlace);
            return created("/whip/" + stream, opened);
        } catch (StreamRefusedException refused) {
            throw ProblemException.conflict(String.valueOf(refused.getMessage()));
        } catch (IllegalArgumentException wrong) {
            throw ProblemException.badRequest("body", String.valueOf(wrong.getMessage()));
        }
    }

    /// 200, as the standard's example has it: encoders look for it.
    @Override
    Response ended() {
        return Response.ok().build();
    }
}
