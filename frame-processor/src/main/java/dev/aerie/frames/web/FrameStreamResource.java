package dev.aerie.frames.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.aerie.frames.pipeline.FrameWorker;
import dev.aerie.frames.pipeline.ObjectMessages;
import dev.aerie.messages.Messages;
import dev.aerie.messages.TrackedObject;
import dev.aerie.service.web.ProblemException;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.vision.prompt.StrategyKind;
import dev.aerie.vision.prompt.TextQuery;
import dev.aerie.vision.tracker.AutomaticMaskService;
import dev.aerie.vision.tracker.ProcessingMode;
import dev.aerie.vision.tracker.StreamControl;
import dev.aerie.vision.tracker.TrackerFactory;
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

/// One stream of this replica: its newest result, its frame rate, its mode, its prompts.
@Path("/api/streams/{stream}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class FrameStreamResource {

    private final StreamWorkers<FrameWorker> workers;
    private final TrackerFactory trackerFactory;
    private final AutomaticMaskService automaticMaskService;

    FrameStreamResource(
            StreamWorkers<FrameWorker> workers,
            TrackerFactory trackerFactory,
            AutomaticMaskService automaticMaskService) {
        this.workers = workers;
        this.trackerFactory = trackerFactory;
        this.automaticMaskService = automaticMaskService;
    }

    /// Settings of a stream.
    ///
    /// - `fps`: maximum of processed frames per second
    /// - `strategy`: that proposes objects
    /// - `text`: the words of strategy `text`
    /// - `detectorCause`: why this detector was chosen
    /// - `labels`: the detector's class names; empty where it has none
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

    /// Result of a prompt: the objects that it started or corrected.
    public record Prompted(String stream, String session, List<TrackedObject> objects) {}

    @GET
    @Operation(summary = "Settings of the stream: mode, fps, strategy, words, tracker, detector and its class names")
    public State state(@PathParam("stream") String stream) {
        return state(work(stream));
    }

    @GET
    @Path("/objects")
    @Operation(summary = "The newest frame result, as published on processed_frames_exchange")
    public byte[] objects(@PathParam("stream") String stream) {
        var result = work(stream)
                .latest()
                .orElseThrow(() -> ProblemException.notFound("no frame of " + stream + " was processed yet"));
        return Messages.write(result);
    }

    @PUT
    @Path("/fps")
    @Operation(summary = "Set the maximum of processed frames per second: {\"fps\": 5}")
    public State setFps(@PathParam("stream") String stream, @Nullable JsonNode body) {
        FrameWorker worker = work(stream);
        JsonNode fps = field(body, "fps");
        double value = fps.asDouble();
        if (!fps.isNumber() || !(value > 0 && value <= StreamControl.MAX_FPS)) {
            throw ProblemException.unprocessable("fps", "a number > 0 and <= " + StreamControl.MAX_FPS);
        }
        worker.control().setFps(value);
        return state(worker);
    }

    @PUT
    @Path("/mode")
    @Operation(
            summary = "Set the processing mode: {\"mode\": \"off\"}, \"image\", \"segment\" or \"video\";"
                    + " \"automatic\" is image, \"interactive\" and \"tracking\" are video")
    public State setMode(@PathParam("stream") String stream, @Nullable JsonNode body) {
        FrameWorker worker = work(stream);
        var processingMode = ProcessingMode.find(field(body, "mode").asText())
                .orElseThrow(() -> ProblemException.unprocessable("mode", "one of " + modes()));
        if (processingMode == ProcessingMode.SEGMENT) {
            SegmentResource.requireModel(automaticMaskService);
        }
        worker.control().setMode(processingMode);
        return state(worker);
    }

    @PUT
    @Path("/strategy")
    @Operation(
            summary = "Set the prompt strategy: {\"strategy\": \"hybrid\"}, or {\"strategy\": \"text\","
                    + " \"text\": \"red car. person.\"}; proposed objects end, prompted ones are kept")
    public State setStrategy(@PathParam("stream") String stream, @Nullable JsonNode body) {
        FrameWorker worker = work(stream);
        JsonNode text = field(body, "text");
        String named = field(body, "strategy").asText(text.isTextual() ? StrategyKind.TEXT.wireName() : "");
        if (!StrategyKind.wireNames().contains(named)) {
            throw ProblemException.unprocessable("strategy", "one of " + String.join(", ", StrategyKind.wireNames()));
        }
        var words = text.asText(worker.control().strategy().words().words());
        return choose(worker, StrategyKind.of(named), words);
    }

    @POST
    @Path("/prompts")
    @Blocking
    @Operation(
            summary = "Track or correct objects by points, box or mask, in a named frame; or set the words to"
                    + " detect: {\"text\": \"red car. person.\"}")
    public Object prompt(@PathParam("stream") String stream, @Nullable JsonNode body) {
        FrameWorker worker = work(stream);
        var parsed = PromptBody.parse(body);
        if (parsed.text().isPresent()) {
            return choose(worker, StrategyKind.TEXT, parsed.text().get());
        }
        requireOn(worker);
        var objects =
                PromptTasks.submit(worker, follower -> follower.applyPrompts(parsed.frameNumber(), parsed.requests()));
        return new Prompted(
                worker.stream(),
                worker.session(),
                objects.stream().map(ObjectMessages::of).toList());
    }

    @DELETE
    @Path("/prompts/{object}")
    @Blocking
    @Operation(summary = "Stop tracking an object")
    public void removePrompt(@PathParam("stream") String stream, @PathParam("object") long object) {
        FrameWorker worker = work(stream);
        requireOn(worker);
        if (!PromptTasks.submit(worker, follower -> follower.remove(object))) {
            throw ProblemException.notFound("no object " + object + " is tracked");
        }
    }

    private State choose(FrameWorker worker, StrategyKind kind, String words) {
        if (words.isBlank() || words.length() > TextQuery.MAX_CHARACTERS) {
            throw ProblemException.unprocessable("text", "1 to " + TextQuery.MAX_CHARACTERS + " characters");
        }
        trackerFactory.unavailableReason(kind, words).ifPresent(why -> {
            throw ProblemException.notImplemented(why);
        });
        var strategy = worker.control().strategy();
        strategy.words().set(words);
        strategy.setKind(kind);
        return state(worker);
    }

    private static void requireOn(FrameWorker worker) {
        if (worker.control().mode() != ProcessingMode.VIDEO) {
            throw ProblemException.conflict(
                    "objects are tracked in mode video only, " + worker.stream() + " is in mode "
                            + worker.control().mode().wireName(),
                    "mode");
        }
    }

    private FrameWorker work(String stream) {
        return workers.find(stream)
                .orElseThrow(() -> ProblemException.notFound("stream '" + stream + "' is not processed here"));
    }

    private State state(FrameWorker worker) {
        var control = worker.control();
        return new State(
                worker.stream(),
                worker.session(),
                control.mode().wireName(),
                control.fps(),
                control.strategy().kind().wireName(),
                control.strategy().words().words(),
                trackerFactory.trackerName(),
                trackerFactory.detectorName(),
                trackerFactory.reason(),
                trackerFactory.labels());
    }

    private static JsonNode field(@Nullable JsonNode body, String name) {
        return body == null ? MissingNode.getInstance() : body.path(name);
    }

    private static String modes() {
        return Arrays.stream(ProcessingMode.values())
                .map(ProcessingMode::wireName)
                .collect(Collectors.joining(", "));
    }
}
