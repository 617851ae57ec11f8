package dev.aerie.frames.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.frames.pipeline.StreamWork;
import dev.aerie.frames.sight.WholePictures;
import dev.aerie.messages.Box;
import dev.aerie.messages.Mask;
import dev.aerie.messages.Point;
import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.MaskOutline;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sam2.FoundMask;
import dev.aerie.web.ProblemException;
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

/// Divides a picture of a stream that this replica works on into masks, beside the stream's own work.
@Path("/api/streams/{stream}/segment")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SegmentResource {

    private final AssignedStreams<StreamWork> streams;
    private final WholePictures wholePictures;

    SegmentResource(AssignedStreams<StreamWork> streams, WholePictures wholePictures) {
        this.streams = streams;
        this.wholePictures = wholePictures;
    }

    /// What is in one picture.
    public record Segmented(
            String stream,
            String session,
            @JsonProperty("frame_number") long frameNumber,
            int width,
            int height,
            List<Segment> masks) {}

    /// One mask.
    ///
    /// - `score`: foretold overlap with the true mask, 0..1
    /// - `stability`: how little it changes with its threshold, 0..1
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Segment(
            Box bbox,
            long area,
            double score,
            double stability,
            Mask mask,
            @Nullable List<Point> polygon) {

        static Segment of(FoundMask found) {
            var mask = found.mask();
            return new Segment(
                    mask.box(),
                    mask.areaPixels(),
                    Math.min(1, found.overlap()),
                    found.stability(),
                    mask.toMessage(),
                    MaskOutline.polygon(mask).orElse(null));
        }
    }

    @POST
    @Blocking
    @Operation(summary = "The masks of everything in a picture: {\"frame_number\": 1042}, or {} for the newest")
    public Segmented segment(@PathParam("stream") String stream, @Nullable JsonNode body) {
        StreamWork work = streams.find(stream)
                .orElseThrow(() -> ProblemException.notFound("stream '" + stream + "' is not worked on here"));
        wholePictures.missing().ifPresent(why -> {
            throw ProblemException.notImplemented("whole pictures are divided by SAM 2.1 or EdgeTAM alone: " + why);
        });
        var number = PromptBody.frameNumber(body);
        VideoFrame picture = PromptAnswers.ask(work, follower -> follower.copy(number));
        var id = picture.stamp().id();
        return new Segmented(
                id.stream(),
                id.session(),
                id.frameNumber(),
                picture.size().widthPixels(),
                picture.size().heightPixels(),
                divide(picture).stream().map(Segment::of).toList());
    }

    private List<FoundMask> divide(VideoFrame picture) {
        try {
            return wholePictures
                    .divide(picture)
                    .orElseThrow(() -> ProblemException.tooMany("another picture is being divided"));
        } catch (ModelException e) {
            throw ProblemException.unavailable("the model failed: " + e.getMessage());
        }
    }
}
