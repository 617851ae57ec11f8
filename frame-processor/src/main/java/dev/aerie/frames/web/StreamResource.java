package dev.aerie.frames.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.aerie.frames.pipeline.Mode;
import dev.aerie.frames.pipeline.ObjectMessages;
import dev.aerie.frames.pipeline.StreamControl;
import dev.aerie.frames.pipeline.StreamWork;
import dev.aerie.frames.prompt.StrategyKind;
import dev.aerie.frames.prompt.TextQuery;
import dev.aerie.frames.sight.Sight;
import dev.aerie.messages.Messages;
import dev.aerie.messages.TrackedObject;
import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.web.ProblemException;
import io.smallrye.common.annotation.Blocking;
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
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// One stream that this replica works on: its newest result, its pace, what is done with it.
@Path("/api/streams/{stream}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class StreamResource {

    private final AssignedStreams<StreamWork> streams;
    private final Sight sight;

    StreamResource(AssignedStreams<StreamWork> streams, Sight sight) {
        this.streams = streams;
        this.sight = sight;
    }

    /// How a stream is worked on, and with what.
    ///
    /// - `fps`: most frames per second that are looked at
    /// - `strategy`: what looks for objects
    /// - `text`: what strategy `text` looks for
    /// - `detectorCause`: why it is this detector
    /// - `labels`: the names that the detector can give; none where it knows none
    public record State(
            String stream,
            String session,
            String mode,
            double fps,
            String strategy,
            String text,
            String tracker,
            String detector,
            @JsonProperty("detector_cause") String detectorCause,
            List<String> labels) {}

    /// What became of a prompt: the objects it began or corrected, in the picture it speaks of.
    public record Prompted(String stream, String session, List<TrackedObject> objects) {}

    @GET
    @Operation(summary = "How the stream is worked on: mode, fps, strategy, words, tracker, detector and its names")
    public State state(@PathParam("stream") String stream) {
        return state(work(stream));
    }

    @GET
    @Path("/objects")
    @Operation(summary = "The newest frame result, as it went out on processed_frames_exchange")
    public byte[] objects(@PathParam("stream") String stream) {
        var result = work(stream)
                .latest()
                .orElseThrow(() -> ProblemException.notFound("no frame of " + stream + " was looked at yet"));
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
    @Operation(
            summary = "Set what is done with the pictures: {\"mode\": \"off\"}, \"image\" or \"video\";"
                    + " \"automatic\" is image, \"interactive\" and \"tracking\" are video")
    public State setMode(@PathParam("stream") String stream, @Nullable JsonNode body) {
        StreamWork work = work(stream);
        var mode = Mode.find(field(body, "mode").asText())
                .orElseThrow(() -> ProblemException.unprocessable("mode", "one of " + modes()));
        work.control().setMode(mode);
        return state(work);
    }

    @PUT
    @Path("/strategy")
    @Operation(
            summary =
                    "Set what looks for objects: {\"strategy\": \"hybrid\"}, or {\"strategy\": \"text\","
                            + " \"text\": \"red car. person.\"}; what was found before is given up, what people asked for is kept")
    public State setStrategy(@PathParam("stream") String stream, @Nullable JsonNode body) {
        StreamWork work = work(stream);
        JsonNode text = field(body, "text");
        String named = field(body, "strategy").asText(text.isTextual() ? StrategyKind.TEXT.wireName() : "");
        if (!StrategyKind.wireNames().contains(named)) {
            throw ProblemException.unprocessable("strategy", "one of " + String.join(", ", StrategyKind.wireNames()));
        }
        var words = text.asText(work.control().strategy().words().words());
        return choose(work, StrategyKind.of(named), words);
    }

    @POST
    @Path("/prompts")
    @Blocking
    @Operation(
            summary = "Follow or correct objects by points, box or mask, in a named picture; or set the words to"
                    + " look for: {\"text\": \"red car. person.\"}")
    public Object prompt(@PathParam("stream") String stream, @Nullable JsonNode body) {
        StreamWork work = work(stream);
        var asked = PromptBody.parse(body);
        if (asked.text().isPresent()) {
            return choose(work, StrategyKind.TEXT, asked.text().get());
        }
        requireOn(work);
        var objects = PromptAnswers.ask(work, follower -> follower.fulfil(asked.frameNumber(), asked.wishes()));
        return new Prompted(
                work.stream(),
                work.session(),
                objects.stream().map(ObjectMessages::of).toList());
    }

    @DELETE
    @Path("/prompts/{object}")
    @Blocking
    @Operation(summary = "Stop following an object")
    public void removePrompt(@PathParam("stream") String stream, @PathParam("object") long object) {
        StreamWork work = work(stream);
        requireOn(work);
        if (!PromptAnswers.ask(work, follower -> follower.remove(object))) {
            throw ProblemException.notFound("no object " + object + " is followed");
        }
    }

    private State choose(StreamWork work, StrategyKind kind, String words) {
        if (words.isBlank() || words.length() > TextQuery.MOST_CHARACTERS) {
            throw ProblemException.unprocessable("text", "1 to " + TextQuery.MOST_CHARACTERS + " characters");
        }
        sight.missing(kind, words).ifPresent(why -> {
            throw ProblemException.notImplemented(why);
        });
        var strategy = work.control().strategy();
        strategy.words().set(words);
        strategy.setKind(kind);
        return state(work);
    }

    private static void requireOn(StreamWork work) {
        if (work.control().mode() != Mode.VIDEO) {
            throw ProblemException.conflict(
                    "objects are followed in mode video only, " + work.stream() + " is in mode "
                            + work.control().mode().wireName(),
                    "mode");
        }
    }

    private StreamWork work(String stream) {
        return streams.find(stream)
                .orElseThrow(() -> ProblemException.notFound("stream '" + stream + "' is not worked on here"));
    }

    private State state(StreamWork work) {
        var control = work.control();
        return new State(
                work.stream(),
                work.session(),
                control.mode().wireName(),
                control.fps(),
                control.strategy().kind().wireName(),
                control.strategy().words().words(),
                sight.trackerName(),
                sight.detectorName(),
                sight.reason(),
                sight.labels());
    }

    private static JsonNode field(@Nullable JsonNode body, String name) {
        return body == null ? MissingNode.getInstance() : body.path(name);
    }

    private static String modes() {
        return Arrays.stream(Mode.values()).map(Mode::wireName).collect(Collectors.joining(", "));
    }
}
