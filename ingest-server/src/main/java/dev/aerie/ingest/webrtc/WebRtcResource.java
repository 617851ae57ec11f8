package dev.aerie.ingest.webrtc;

import dev.aerie.service.web.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What WHEP and WHIP (RFC 9725) have in common: options, sessions that are there.
@Blocking
abstract class WebRtcResource {

    static final String SDP = "application/sdp";
    private static final String FRAGMENT = "application/trickle-ice-sdpfrag";

    /// How sessions are named in paths.
    private static final String SESSION = "/{session: [0-9a-f]{32}}";

    private static final int PRECONDITION_FAILED = 412;
    private static final int PRECONDITION_REQUIRED = 428;
    private static final String FRAGMENT_NAME = "a=ice-ufrag:";

    private final WebRtcServer server;

    WebRtcResource(WebRtcServer server) {
        this.server = server;
    }

    /// 200 with what may be posted.
    @OPTIONS
    public Response options() {
        return Response.ok().header("Accept-Post", SDP).build();
    }

    @DELETE
    @Path(SESSION)
    public Response end(@PathParam("stream") String stream, @PathParam("session") String session) {
        if (!server.end(stream, session)) {
            throw noSession();
        }
        return ended();
    }

    /// The answer to the end of a session.
    abstract Response ended();

    /// 201 with the answer; the session is `base` and its name.
    static Response created(String base, WebRtcServer.Opened opened) {
        return Response.created(URI.create(base + "/" + opened.session()))
                .type(SDP)
                .tag(new EntityTag(opened.session()))
                .header("Accept-Patch", FRAGMENT)
                .entity(opened.answer())
                .build();
    }

    /// Takes candidates: what they tell is learned from the checks of ICE. ICE is not begun anew.
    ///
    /// - `fragment`: RFC 8840
    @PATCH
    @Path(SESSION)
    @Consumes(FRAGMENT)
    public Response patch(
            @PathParam("stream") String stream,
            @PathParam("session") String session,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            String fragment) {
        if (!server.isOpen(stream, session)) {
            throw noSession();
        }
        if (ifMatch == null) {
            return Response.status(PRECONDITION_REQUIRED).build();
        }
        boolean restarts = fragment.lines()
                .filter(line -> line.startsWith(FRAGMENT_NAME))
                .map(line -> line.substring(FRAGMENT_NAME.length()).strip())
                .anyMatch(name -> !server.isOfOffer(session, name));
        if (restarts || ifMatch.strip().equals("*")) {
            throw ProblemException.unusable("body", "ICE is not begun anew: end the session and open another one");
        }
        if (Arrays.stream(ifMatch.split(",", -1))
                .map(String::strip)
                .noneMatch(tag -> tag.equals('"' + session + '"'))) {
            return Response.status(PRECONDITION_FAILED).build();
        }
        return Response.noContent().build();
    }

    static ProblemException noPort() {
        return ProblemException.unavailable("WebRTC has no port: the log says why (WEBRTC_PORT)");
    }

    static ProblemException noPlace() {
        return ProblemException.unavailable(
                "all sessions of WebRTC are taken (WEBRTC_SESSIONS), or those of your address"
                        + " (WEBRTC_SESSIONS_PER_ADDRESS)");
    }

    private static ProblemException noSession() {
        return ProblemException.notFound("there is no such session, or not any more");
    }
}
