package dev.aerie.storage.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.aerie.service.web.ProblemException;
import dev.aerie.storage.catalog.Recording;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.clip.Clip;
import dev.aerie.storage.clip.Clips;
import dev.aerie.storage.clip.NoVideoException;
import dev.aerie.storage.messages.MessageArchive;
import dev.aerie.storage.retention.SegmentRemover;
import dev.aerie.storage.web.ArchiveQueries.Stretch;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// Recordings: search, details, playback, protection, removal.
@Path("/api/recordings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Blocking
public final class RecordingsResource {

    private static final int MAX_LISTED = 1_000;
    private static final String LINES = "application/x-ndjson";

    private final ArchiveQueries queries;
    private final Clips clips;
    private final MessageArchive messageArchive;
    private final SegmentRemover segmentRemover;

    RecordingsResource(
            ArchiveQueries queries, Clips clips, MessageArchive messageArchive, SegmentRemover segmentRemover) {
        this.queries = queries;
        this.clips = clips;
        this.messageArchive = messageArchive;
        this.segmentRemover = segmentRemover;
    }

    @GET
    @Operation(summary = "Recordings, newest first; by stream, time and detected label")
    public ApiModels.Recordings list(
            @QueryParam("stream") @DefaultValue("") String stream,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("label") @DefaultValue("") String label,
            @QueryParam("limit") @DefaultValue("100") int limit)
            throws IOException {
        Stretch when = Stretch.of(from, to);
        var views = new ArrayList<ApiModels.RecordingView>();
        for (Recording recording : queries.recordings(stream, when, label, limit(limit))) {
            views.add(queries.view(recording));
        }
        return new ApiModels.Recordings(views);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One recording with its segments, including the one being written")
    public ApiModels.RecordingDetail detail(@PathParam("id") String id) throws IOException {
        Recording recording = queries.recording(id);
        var segments = new ArrayList<ApiModels.SegmentView>();
        for (Segment segment : queries.closed(recording, Stretch.of(null, null))) {
            segments.add(queries.view(segment));
        }
        var open = queries.open(recording);
        if (open.isPresent()) {
            segments.add(queries.view(open.get()));
        }
        return new ApiModels.RecordingDetail(queries.view(recording), segments);
    }

    @GET
    @Path("/{id}/video")
    @Produces("video/mp4")
    @Operation(summary = "The recording, or a time span of it, as one MP4; supports byte ranges")
    public Response video(
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("cut") @DefaultValue("frame") String cut,
            @QueryParam("download") boolean isDownload,
            @Context HttpHeaders headers)
            throws IOException, NoVideoException {
        return ContentAnswer.video(clip(id, Stretch.of(from, to), cut), id).to(headers, isDownload);
    }

    @GET
    @Path("/{id}/frames")
    @Operation(summary = "Frames of the video with the same parameters, and their times")
    public ApiModels.Frames frames(
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("cut") @DefaultValue("frame") String cut)
            throws IOException, NoVideoException {
        return ApiModels.Frames.of(clip(id, Stretch.of(from, to), cut));
    }

    @GET
    @Path("/{id}/messages")
    @Produces(LINES)
    @Operation(summary = "Messages of the bus about these frames, one per line, ordered by time")
    public Response messages(
            @PathParam("id") String id,
            @QueryParam("first") @DefaultValue("0") long firstFrame,
            @QueryParam("last") @DefaultValue("9223372036854775807") long lastFrame,
            @QueryParam("schema") List<String> schemas)
            throws IOException {
        Recording recording = queries.recording(id);
        var messages = messageArchive.read(
                recording.stream(),
                recording.session(),
                firstFrame,
                lastFrame,
                message -> schemas.isEmpty() || schemas.contains(message.schema()));
        StreamingOutput output = out -> {
            for (var message : messages) {
                out.write(message.line());
                out.write('\n');
            }
        };
        return Response.ok(output, LINES).build();
    }

    @PUT
    @Path("/{id}/protect")
    @Operation(summary = "Protect the recording, or a time span of it, from removal: {\"protected\": true}")
    public ApiModels.Changed protect(
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Nullable JsonNode body)
            throws IOException {
        boolean isProtected = isProtected(body);
        List<Segment> segments = queries.closed(queries.recording(id), Stretch.of(from, to));
        segmentRemover.protect(segments, isProtected);
        return new ApiModels.Changed(segments.size());
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Remove the recording, or the segments of a time span, unless one is protected")
    public ApiModels.Changed remove(
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to)
            throws IOException {
        Recording recording = queries.recording(id);
        if (from == null && to == null && queries.isRunning(recording)) {
            throw ProblemException.conflict("recording " + id + " is still being written");
        }
        List<Segment> segments = queries.closed(recording, Stretch.of(from, to));
        if (segments.stream().anyMatch(Segment::isProtected)) {
            throw ProblemException.conflict("a segment is protected");
        }
        for (Segment segment : segments) {
            segmentRemover.remove(segment);
        }
        return new ApiModels.Changed(segments.size());
    }

    static boolean isProtected(@Nullable JsonNode body) {
        JsonNode value = body == null ? MissingNode.getInstance() : body.path("protected");
        if (!value.isBoolean()) {
            throw ProblemException.unprocessable("protected", "true or false");
        }
        return value.booleanValue();
    }

    static Clips.Cut cut(String name) {
        return switch (name) {
            case "frame" -> Clips.Cut.FRAME;
            case "idr" -> Clips.Cut.IDR;
            case "encode" -> Clips.Cut.ENCODE;
            default -> throw ProblemException.badRequest("cut", "frame, idr or encode");
        };
    }

    static int limit(int limit) {
        if (limit < 1 || limit > MAX_LISTED) {
            throw ProblemException.badRequest("limit", "1.." + MAX_LISTED);
        }
        return limit;
    }

    private Clip clip(String id, Stretch when, String cut) throws IOException, NoVideoException {
        Recording recording = queries.recording(id);
        return clips.cut(recording.stream(), recording.session(), when.fromNanos(), when.toNanos(), cut(cut));
    }
}
