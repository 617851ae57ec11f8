package dev.aerie.storage.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.service.web.ProblemException;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.clip.HlsArchive;
import dev.aerie.storage.clip.SegmentFrames;
import dev.aerie.storage.clip.StoredFile;
import dev.aerie.storage.retention.SegmentRemover;
import dev.aerie.storage.upload.LocalCopies;
import dev.aerie.storage.web.ArchiveQueries.Stretch;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// The segment files of recordings.
@Path("/api/segments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Blocking
public final class SegmentsResource {

    private final ArchiveQueries queries;
    private final SegmentFrames segmentFrames;
    private final SegmentRemover segmentRemover;
    private final LocalCopies copies;
    private final HlsArchive hls;

    SegmentsResource(
            ArchiveQueries queries,
            SegmentFrames segmentFrames,
            SegmentRemover segmentRemover,
            LocalCopies copies,
            HlsArchive hls) {
        this.queries = queries;
        this.segmentFrames = segmentFrames;
        this.segmentRemover = segmentRemover;
        this.copies = copies;
        this.hls = hls;
    }

    @GET
    @Operation(summary = "Segments, oldest first; by stream, time and detected label")
    public ApiModels.Segments search(
            @QueryParam("stream") @DefaultValue("") String stream,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("label") @Nullable String label,
            @QueryParam("min_score") @DefaultValue("0") double minScore,
            @QueryParam("limit") @DefaultValue("1000") int limit)
            throws IOException {
        var views = new ArrayList<ApiModels.SegmentView>();
        for (Segment segment :
                queries.search(stream, Stretch.of(from, to), label, minScore, RecordingsResource.limit(limit))) {
            views.add(queries.view(segment));
        }
        return new ApiModels.Segments(views);
    }

    @GET
    @Path("/{id}")
    public ApiModels.SegmentView detail(@PathParam("id") String id) throws IOException {
        return queries.view(queries.segment(id));
    }

    @GET
    @Path("/{id}/video")
    @Produces("video/mp4")
    @Operation(summary = "The file of the segment; supports byte ranges")
    public Response video(
            @PathParam("id") String id, @QueryParam("download") boolean isDownload, @Context HttpHeaders headers)
            throws IOException {
        Segment segment = queries.segment(id);
        if (segment.state() == Segment.State.REMOTE) {
            throw ProblemException.conflict("segment " + id + " is in the bucket only: POST …/fetch downloads it");
        }
        var file = new StoredFile(segmentFrames.file(segment), segment.sha256());
        return new ContentAnswer(file, "video/mp4", id + ".mp4").to(headers, isDownload);
    }

    @GET
    @Path("/{id}/hls/{file}")
    @Produces("video/mp4")
    @Operation(summary = "What a playlist of the stream names")
    public Response hls(@PathParam("id") String id, @PathParam("file") String file, @Context HttpHeaders headers)
            throws IOException {
        var found = hls.file(queries.playable(id), file)
                .orElseThrow(() -> ProblemException.notFound("segment " + id + " has no " + file));
        return new ContentAnswer(found, "video/mp4", id + "-" + file).to(headers, false);
    }

    @PUT
    @Path("/{id}/protect")
    @Operation(summary = "Protect the segment from removal: {\"protected\": true}")
    public ApiModels.Changed protect(@PathParam("id") String id, @Nullable JsonNode body) throws IOException {
        boolean isProtected = RecordingsResource.isProtected(body);
        segmentRemover.protect(List.of(queries.segment(id)), isProtected);
        return new ApiModels.Changed(1);
    }

    @POST
    @Path("/{id}/fetch")
    @Operation(summary = "Download the file of an uploaded segment from the bucket; responds when it is here")
    public ApiModels.SegmentView fetch(@PathParam("id") String id) throws IOException {
        Segment segment = queries.segment(id);
        if (segment.state() == Segment.State.REMOTE) {
            try {
                copies.fetch(segment);
            } catch (LocalCopies.NoRoomException e) {
                throw ProblemException.conflict(String.valueOf(e.getMessage()));
            }
        }
        return queries.view(queries.segment(id));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Remove the segment unless it is protected")
    public ApiModels.Changed remove(@PathParam("id") String id) throws IOException {
        Segment segment = queries.segment(id);
        if (segment.isProtected()) {
            throw ProblemException.conflict("segment " + id + " is protected");
        }
        segmentRemover.remove(segment);
        return new ApiModels.Changed(1);
    }
}
