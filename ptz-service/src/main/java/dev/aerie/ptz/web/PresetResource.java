package dev.aerie.ptz.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.messages.PtzEvent;
import dev.aerie.ptz.camera.PtzCamera;
import dev.aerie.ptz.camera.PtzPreset;
import dev.aerie.ptz.command.CameraCommand;
import dev.aerie.ptz.follow.Steering;
import dev.aerie.ptz.follow.Steerings;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// The positions that cameras keep.
@Path("/ptz/presets")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class PresetResource {

    private static final int MAX_NAME = 40;

    private final CameraChoice cameras;

    PresetResource(Steerings steerings) {
        this.cameras = new CameraChoice(steerings);
    }

    @GET
    @Operation(summary = "The presets of a camera: ?camera=gate")
    public List<PtzPreset> list(@QueryParam("camera") @Nullable String camera) {
        return CameraAnswer.of(chosen(camera).camera().ask(PtzCamera::presets));
    }

    @POST
    @Operation(summary = "Keep where the camera points now: {\"camera\": \"gate\", \"name\": \"door\"}")
    public PtzPreset save(@Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        Steering camera = cameras.of(fields);
        String name = fields.text("name", MAX_NAME);
        String operator = fields.operator();
        PtzPreset saved = CameraAnswer.of(camera.camera().ask(one -> one.savePreset(name)));
        camera.camera()
                .events()
                .tell(
                        PtzEvent.Kind.PRESET_SAVED,
                        draft -> draft.preset(saved.id()).operator(operator));
        return saved;
    }

    @POST
    @Path("/{preset}/goto")
    @Operation(summary = "Move to a preset: {\"camera\": \"gate\"}")
    public PtzResource.Commanded goTo(@PathParam("preset") String preset, @Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        return PtzResource.commanded(cameras.of(fields), fields.operator(), new CameraCommand.GoToPreset(preset));
    }

    @DELETE
    @Path("/{preset}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Forget a preset: ?camera=gate")
    public void remove(@PathParam("preset") String preset, @QueryParam("camera") @Nullable String camera) {
        CameraAnswer.of(chosen(camera).camera().ask(one -> {
            one.removePreset(preset);
            return preset;
        }));
    }

    private Steering chosen(@Nullable String camera) {
        return camera == null ? cameras.of(Fields.of(null)) : cameras.named(camera);
    }
}
