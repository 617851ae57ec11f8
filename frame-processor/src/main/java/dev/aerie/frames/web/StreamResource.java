package dev.aerie.frames.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.aerie.frames.pipeline.Mode;
import dev.aerie.frames.pipeline.StreamControl;
import dev.aerie.frames.pipeline.StreamProcessors;
import dev.aerie.frames.pipeline.StreamWork;
import dev.aerie.messages.Messages;
import dev.aerie.web.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// One stream that this replica works on: its newest result, its pace, what is done with it.
@Path("/api/streams/{stream}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class StreamResource {

    private static final String NO_PROMPTS =
            "the tracker that runs here takes no prompts: it follows what its detector finds by itself";

    private final StreamProcessors streams;

    StreamResource(StreamProcessors streams) {
        this.streams = streams;
    }

    /// How a stream is worked on.
    public record State(String stream, String session, String mode, double fps) {}

    @GET
    @Path("/objects")
    @Operation(summary = "The newest frame result, as it went out on processed_frames_exchange")
    public byte[] objects(@PathParam("stream") String stream) {
        var result = work(stream)
                .latest()
                .orElseThrow(() -> ProblemException.notFound("no picture of " + stream + " was looked at yet"));
        return Messages.write(result);
    }

    @PUT
    @Path("/fps")
    @Operation(summary = "Set how many pictures per second are looked at, at most: {\"fps\": 5}")
    public State setFps(@PathParam("stream") String stream, @Nullable JsonNode body) {
        StreamWork work = work(stream);
        JsonNode fps = field(body, "fps");
        double value = fps.asDouble();
        if (!fps.isNumber() || !(value > 0 && value <= StreamControl.MAX_FPS)) {
            throw ProblemException.unprocessable("fps", "a number > 0 and <= " + StreamControl.MAX_FPS);
        }
        work.control().setFps(value);
        return state(work);
    }

    @PUT
    @Path("/mode")
    @Operation(summary = "Set what is done with the pictures: {\"mode\": \"off\"} or \"detect\"")
    public State setMode(@PathParam("stream") String stream, @Nullable JsonNode body) {
        StreamWork work = work(stream);
        var mode = Mode.find(field(body, "mode").asText())
                .orElseThrow(() -> ProblemException.unprocessable("mode", "one of " + modes()));
        work.control().setMode(mode);
        return state(work);
    }

    @POST
    @Path("/prompts")
    @Operation(summary = "Ask for an object to be followed; answered by 501 where no tracker takes prompts")
    public void prompt(@PathParam("stream") String stream, @Nullable JsonNode body) {
        work(stream);
        throw ProblemException.notImplemented(NO_PROMPTS);
    }

    @DELETE
    @Path("/prompts/{object}")
    @Operation(summary = "Stop following a prompted object; answered by 501 where no tracker takes prompts")
    public void removePrompt(@PathParam("stream") String stream, @PathParam("object") String object) {
        work(stream);
        throw ProblemException.notImplemented(NO_PROMPTS);
    }

    private StreamWork work(String stream) {
        return streams.find(stream)
                .orElseThrow(() -> ProblemException.notFound("stream '" + stream + "' is not worked on here"));
    }

    private static State state(StreamWork work) {
        var control = work.control();
        return new State(work.stream(), work.session(), control.mode().wireName(), control.fps());
    }

    private static JsonNode field(@Nullable JsonNode body, String name) {
        return body == null ? MissingNode.getInstance() : body.path(name);
    }

    private static String modes() {
        return Arrays.stream(Mode.values()).map(Mode::wireName).collect(Collectors.joining(", "));
    }
}
