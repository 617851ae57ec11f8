package dev.aerie.ingest.web;

import dev.aerie.service.web.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `/ptz/…`: commands to cameras and their state, forwarded to a ptz-service as they are.
@Path("/ptz/{command: .+}")
@Blocking
final class PtzCommands {

    private static final Pattern COMMAND = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+){0,3}");
    private static final Pattern CAMERA = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    private final PtzClient client;

    PtzCommands(PtzClient client) {
        this.client = client;
    }

    @GET
    public Response get(
            @PathParam("command") String command,
            @QueryParam("camera") @Nullable String camera,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return client.send("GET", path(command, camera), "", authorization);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response post(
            @PathParam("command") String command,
            String body,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return client.send("POST", path(command, null), body, authorization);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(
            @PathParam("command") String command,
            String body,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return client.send("PUT", path(command, null), body, authorization);
    }

    @DELETE
    public Response delete(
            @PathParam("command") String command,
            @QueryParam("camera") @Nullable String camera,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return client.send("DELETE", path(command, camera), "", authorization);
    }

    private static String path(String command, @Nullable String camera) {
        if (!COMMAND.matcher(command).matches()) {
            throw ProblemException.notFound("there is no such command of cameras");
        }
        if (camera != null && !CAMERA.matcher(camera).matches()) {
            throw ProblemException.badRequest("camera", "[a-z0-9][a-z0-9_-]{0,62}");
        }
        return "/ptz/" + command + (camera == null ? "" : "?camera=" + camera);
    }
}
