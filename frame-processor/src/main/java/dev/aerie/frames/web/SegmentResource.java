package dev.aerie.frames.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.frames.pipeline.FrameWorker;
import dev.aerie.messages.Box;
import dev.aerie.messages.Mask;
import dev.aerie.messages.Point;
import dev.aerie.service.web.ProblemException;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.MaskOutline;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sam2.AutomaticMask;
import dev.aerie.vision.tracker.AutomaticMaskService;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// Segments a frame of a stream of this replica, in parallel with the stream's own work.
@Path("/api/streams/{stream}/segment")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SegmentResource {

    private final StreamWorkers<FrameWorker> workers;
    private final AutomaticMaskService automaticMaskService;

    SegmentResource(StreamWorkers<FrameWorker> workers, AutomaticMaskService automaticMaskService) {
        this.workers = workers;
        this.automaticMaskService = automaticMaskService;
    }

    /// What is in one frame.
    public record Segmented(
            String stream,
            String session,
            @JsonProperty("frame_number") long frameNumber,
            int width,
            int height,
            List<Segment> masks) {}

    /// One mask.
    ///
    /// - `score`: predicted IoU, 0..1
    /// - `stability`: how little it changes with its threshold, 0..1
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Segment(
            Box bbox,
            long area,
            double score,
            double stability,
            Mask mask,
            @Nullable List<Point> polygon) {

        static Segment of(AutomaticMask found) {
            var mask = found.mask();
            return new Segment(
                    mask.box(),
                    mask.areaPixels(),
                    Math.min(1, found.predictedIou()),
                    found.stability(),
                    mask.toMessage(),
                    MaskOutline.polygon(mask).orElse(null));
        }
    }

    @POST
    @Blocking
    @Operation(summary = "The masks of everything in a frame: {\"frame_number\": 1042}, or {} for the newest")
    public Segmented segment(@PathParam("stream") String stream, @Nullable JsonNode body) {
        FrameWorker worker = workers.find(stream)
                .orElseThrow(() -> ProblemException.notFound("stream '" + stream + "' is not processed here"));
        requireModel(automaticMaskService);
        var number = PromptBody.frameNumber(body);
        VideoFrame frame = PromptTasks.submit(worker, tracker -> tracker.copyFrame(number));
        var id = frame.stamp().id();
        return new Segmented(
                id.stream(),
                id.session(),
                id.frameNumber(),
                frame.size().widthPixels(),
                frame.size().heightPixels(),
                segmentFrame(frame).stream().map(Segment::of).toList());
    }

    /// Answers 501 where whole frames cannot be segmented.
    static void requireModel(AutomaticMaskService automaticMaskService) {
        automaticMaskService.unavailableReason().ifPresent(why -> {
            throw ProblemException.notImplemented("whole frames are segmented by SAM 2.1 or EdgeTAM only: " + why);
        });
    }

    private List<AutomaticMask> segmentFrame(VideoFrame frame) {
        try {
            return automaticMaskService
                    .segment(frame)
                    .orElseThrow(() -> ProblemException.tooMany("another frame is being segmented"));
        } catch (ModelException e) {
            throw ProblemException.unavailable("the model failed: " + e.getMessage());
        }
    }
}
