package dev.aerie.storage.web;

import dev.aerie.service.web.ProblemException;
import dev.aerie.storage.catalog.Recordings;
import dev.aerie.storage.catalog.Snapshot;
import dev.aerie.storage.catalog.Snapshots;
import dev.aerie.storage.clip.Clip;
import dev.aerie.storage.clip.Clips;
import dev.aerie.storage.clip.HlsArchive;
import dev.aerie.storage.clip.NoVideoException;
import dev.aerie.storage.clip.StoredFile;
import dev.aerie.storage.web.ArchiveQueries.Stretch;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// The archive of a stream, across its sessions.
@Path("/api/streams")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public final class StreamArchiveResource {

    private final Recordings recordings;
    private final Snapshots snapshots;
    private final Clips clips;
    private final ClipEvents events;
    private final Timelines timelines;
    private final HlsArchive hls;
    private final java.nio.file.Path archive;

    StreamArchiveResource(
            Recordings recordings,
            Snapshots snapshots,
            Clips clips,
            ClipEvents events,
            Timelines timelines,
            HlsArchive hls,
            ArchiveFolder archive) {
        this.recordings = recordings;
        this.snapshots = snapshots;
        this.clips = clips;
        this.events = events;
        this.timelines = timelines;
        this.hls = hls;
        this.archive = archive.path();
    }

    @GET
    @Operation(summary = "Streams that were ever recorded")
    public ApiModels.Streams streams() throws IOException {
        return new ApiModels.Streams(recordings.streams());
    }

    @GET
    @Path("/{stream}/clip")
    @Produces("video/mp4")
    @Operation(summary = "The video of a time span, cut at frames; supports byte ranges")
    public Response clip(
            @PathParam("stream") String stream,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("cut") @DefaultValue("frame") String cut,
            @QueryParam("download") boolean isDownload,
            @Context HttpHeaders headers)
            throws IOException, NoVideoException {
        Clip clip = cut(stream, from, to, cut);
        events.made(clip, Stretch.required(from, to), cut);
        String begin = Long.toString(clip.frames().getFirst().captureTimeNanos());
        return ContentAnswer.video(clip, begin).to(headers, isDownload);
    }

    @GET
    @Path("/{stream}/frames")
    @Operation(summary = "Frames of the clip with the same parameters, and their times")
    public ApiModels.Frames frames(
            @PathParam("stream") String stream,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("cut") @DefaultValue("frame") String cut)
            throws IOException, NoVideoException {
        return ApiModels.Frames.of(cut(stream, from, to, cut));
    }

    @GET
    @Path("/{stream}/hls.m3u8")
    @Produces("application/vnd.apple.mpegurl")
    @Operation(
            summary =
                    "HLS from a time on, which goes on while the stream is recorded; without a time, of the last hour")
    public Response hls(
            @PathParam("stream") String stream,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("last") @DefaultValue("3600") long lastSeconds)
            throws IOException, NoVideoException {
        if (lastSeconds < 1 || lastSeconds > HlsArchive.MAX_SPAN.toSeconds()) {
            throw ProblemException.badRequest("last", "1 to " + HlsArchive.MAX_SPAN.toSeconds() + " seconds");
        }
        Stretch when = Stretch.of(from, to);
        String text = from == null && to == null
                ? hls.entry(stream, Duration.ofSeconds(lastSeconds), "hls.m3u8")
                : hls.playlist(stream, Math.max(0, when.fromNanos()), when.toNanos());
        return Response.ok(text).header("Cache-Control", "no-cache").build();
    }

    @GET
    @Path("/{stream}/snapshot")
    @Produces("image/jpeg")
    @Operation(summary = "The last snapshot at or before a moment; headers name its frame")
    public Response snapshot(
            @PathParam("stream") String stream, @QueryParam("at") @Nullable String at, @Context HttpHeaders headers)
            throws IOException {
        Snapshot still = snapshots
                .lastBefore(stream, TimeParameter.nanos("at", at, Long.MAX_VALUE))
                .orElseThrow(() ->
                        ProblemException.notFound("there is no snapshot of " + stream + " at or before that time"));
        String name = still.id().session() + "-" + still.id().frameNumber();
        var answer = new ContentAnswer(new StoredFile(archive.resolve(still.path()), name), "image/jpeg", name + ".jpg")
                .to(headers, false);
        return Response.fromResponse(answer)
                .header("Aerie-Session", still.id().session())
                .header("Aerie-Frame-Number", still.id().frameNumber())
                .header("Aerie-Capture-Time", TimeParameter.text(still.captureTimeNanos()))
                .build();
    }

    @GET
    @Path("/{stream}/timeline")
    @Operation(summary = "Recorded time and detected labels in each minute")
    public ApiModels.Timeline timeline(
            @PathParam("stream") String stream,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to)
            throws IOException {
        return timelines.of(stream, Stretch.required(from, to));
    }

    private Clip cut(String stream, @Nullable String from, @Nullable String to, String cut)
            throws IOException, NoVideoException {
        Stretch when = Stretch.required(from, to);
        return clips.cut(stream, "", when.fromNanos(), when.toNanos(), RecordingsResource.cut(cut));
    }
}
