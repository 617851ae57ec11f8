package dev.aerie.ptz.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.command.CameraCommand;
import dev.aerie.ptz.command.Order;
import dev.aerie.ptz.follow.Steering;
import dev.aerie.ptz.follow.Steerings;
import dev.aerie.service.web.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// What people tell cameras. Whoever commands a camera is in control of it until some time after, see
/// [dev.aerie.ptz.fleet.OperatorLease]. A body's `camera` names it, and may be left out where there is one only;
/// `operator` names who asks.
@Path("/ptz")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class PtzResource {

    private final CameraChoice cameras;

    PtzResource(Steerings steerings) {
        this.cameras = new CameraChoice(steerings);
    }

    /// What became of a command: `sent`, or `superseded` by a newer one.
    public record Commanded(String outcome, PtzCameraView status) {}

    @GET
    @Path("/cameras")
    @Operation(summary = "Every camera that this service steers, and how it stands")
    public List<PtzCameraView> all() {
        return cameras.all().stream().map(PtzCameraView::of).toList();
    }

    @GET
    @Path("/streams/{stream}")
    @Operation(summary = "The camera whose video a stream is, and how it stands; 404 where none is steered")
    public PtzCameraView ofStream(@PathParam("stream") String stream) {
        return PtzCameraView.of(cameras.ofStream(stream));
    }

    @GET
    @Path("/{camera}/status")
    @Operation(summary = "How a camera stands: connection, mode, who is in control, position, speed, what it can do")
    public PtzCameraView status(@PathParam("camera") String camera) {
        return PtzCameraView.of(cameras.named(camera));
    }

    @POST
    @Path("/move")
    @Operation(
            summary =
                    "Move a camera: {\"camera\": \"gate\", \"pan_deg\": 5, \"tilt_deg\": -2, \"zoom\": 1.5} by angles;"
                            + " {\"absolute\": {…}} to a position; {\"velocity\": {\"pan_deg_s\": 10, …}, \"seconds\": 1} or"
                            + " {\"pan_speed\": 50, \"tilt_speed\": 0} (percent) at a speed, which ends by itself")
    public Commanded move(@Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        Steering camera = cameras.of(fields);
        return commanded(
                camera, fields.operator(), MoveCommands.of(fields, camera.camera(), MoveCommands.DEFAULT_SECONDS));
    }

    @POST
    @Path("/stop")
    @Operation(summary = "Stop a camera: {\"camera\": \"gate\"}; without a camera, all of them")
    public List<Commanded> stop(@Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        String operator = fields.operator();
        List<Steering> stopped = fields.has("camera") ? List.of(cameras.of(fields)) : cameras.all();
        return stopped.parallelStream()
                .map(camera -> commanded(camera, operator, new CameraCommand.Stop("an operator stopped it")))
                .toList();
    }

    @POST
    @Path("/{camera}/release")
    @Operation(summary = "Let go of a camera: {\"operator\": \"ana\"}; its mode goes on at once")
    public PtzCameraView release(@PathParam("camera") String name, @Nullable JsonNode body) {
        Steering camera = cameras.named(name);
        if (!camera.camera().release(Fields.of(body).operator())) {
            throw ProblemException.conflict("somebody else is in control of " + name + ", or nobody", "operator");
        }
        return PtzCameraView.of(camera);
    }

    @PUT
    @Path("/{camera}/mode")
    @Operation(
            summary = "What a camera does by itself: {\"mode\": \"follow\"} the most interesting one, or with"
                    + " \"label\"; \"group\", \"runner\", \"hold\", \"manual\", or \"tour\" with"
                    + " \"stops\": [{\"preset\": \"1\", \"seconds\": 20}]")
    public PtzCameraView setMode(@PathParam("camera") String name, @Nullable JsonNode body) {
        Steering camera = cameras.named(name);
        Fields fields = Fields.of(body);
        camera.use(ModeBody.mode(fields, camera), fields.operator());
        return PtzCameraView.of(camera);
    }

    @POST
    @Path("/{camera}/target")
    @Operation(
            summary = "Follow one: {\"x\": 0.4, \"y\": 0.6} what is there in the frame, as shares of it from the upper"
                    + " left corner; {\"object_id\": 7}; {\"label\": \"dog\"}; {\"identity\": \"…\"}")
    public PtzCameraView setTarget(@PathParam("camera") String name, @Nullable JsonNode body) {
        Steering camera = cameras.named(name);
        Fields fields = Fields.of(body);
        String operator = fields.operator();
        camera.use(new AimMode.FollowOne(ModeBody.selector(fields)), operator);
        camera.camera().release(operator); // whoever chooses wants it to go there
        return PtzCameraView.of(camera);
    }

    static Commanded commanded(Steering camera, String operator, CameraCommand command) {
        Order.Outcome outcome = CameraAnswer.of(camera.camera().operate(operator, command));
        return new Commanded(outcome.name().toLowerCase(Locale.ROOT), PtzCameraView.of(camera));
    }
}
