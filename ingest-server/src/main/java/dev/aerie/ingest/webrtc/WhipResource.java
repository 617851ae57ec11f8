package dev.aerie.ingest.webrtc;

import dev.aerie.ingest.stream.StreamRefusedException;
import dev.aerie.service.web.ProblemException;
import dev.aerie.service.web.RequestLimits;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// WebRTC for browsers and encoders that publish, by WHIP (RFC 9725): an offer is answered, the session is deleted by
/// its address.
@Path("/whip/{stream: [a-z0-9][a-z0-9_-]*}")
@Blocking
final class WhipResource {

    private final WebRtcServer server;

    WhipResource(WebRtcServer server) {
        this.server = server;
    }

    @OPTIONS
    public Response options() {
        return WebRtcAnswers.options();
    }

    @POST
    @Consumes(WebRtcAnswers.SDP)
    public Response open(@PathParam("stream") String stream, String offer, HttpServerRequest request)
            throws IOException {
        if (!server.isListening()) {
            throw WebRtcAnswers.noPort();
        }
        try {
            var opened = server.publish(stream, offer, RequestLimits.address(request.remoteAddress()))
                    .orElseThrow(WebRtcAnswers::noPlace);
            return WebRtcAnswers.created("/whip/" + stream, opened);
        } catch (StreamRefusedException refused) {
            throw ProblemException.conflict(String.valueOf(refused.getMessage()));
        } catch (IllegalArgumentException wrong) {
            throw ProblemException.badRequest("body", String.valueOf(wrong.getMessage()));
        }
    }

    @PATCH
    @Path(WebRtcAnswers.SESSION)
    @Consumes(WebRtcAnswers.FRAGMENT)
    public Response patch(
            @PathParam("stream") String stream,
            @PathParam("session") String session,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            String fragment) {
        return WebRtcAnswers.patched(server, stream, session, ifMatch, fragment);
    }

    /// 200, as the standard's example has it: encoders look for it.
    @DELETE
    @Path(WebRtcAnswers.SESSION)
    public Response end(@PathParam("stream") String stream, @PathParam("session") String session) {
        if (!server.end(stream, session)) {
            throw WebRtcAnswers.noSession();
        }
        return Response.ok().build();
    }
}
