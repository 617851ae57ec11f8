package dev.aerie.slam.web;

import dev.aerie.messages.CameraPose.Scale;
import dev.aerie.service.web.ProblemException;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.slam.output.PlyFile;
import dev.aerie.slam.output.SessionFolder;
import dev.aerie.slam.pipeline.SlamWorker;
import dev.aerie.slam.trajectory.KittiFile;
import dev.aerie.slam.trajectory.TumFile;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// One stream that this replica works on: where its camera was, and what it has seen.
@Path("/api/streams/{stream}")
public final class SlamStreamResource {

    private static final String MODEL_PLY = "model/ply";
    private static final String JPEG = "image/jpeg";

    private final StreamWorkers<SlamWorker> workers;

    SlamStreamResource(StreamWorkers<SlamWorker> workers) {
        this.workers = workers;
    }

    @GET
    @Path("/trajectory")
    @Operation(summary = "Every tracked frame's pose, as the map knows it now: ?format=json, tum or kitti")
    public Response trajectory(
            @PathParam("stream") String stream, @QueryParam("format") @DefaultValue("json") String format) {
        SlamWorker work = work(stream);
        var poses = work.trajectory();
        return switch (format) {
            case "json" ->
                Response.ok(PoseList.of(work, poses), MediaType.APPLICATION_JSON)
                        .build();
            case "tum" -> text(TumFile.text(SessionFolder.trajectoryOf(poses)));
            case "kitti" -> text(KittiFile.text(SessionFolder.trajectoryOf(poses)));
            default -> throw ProblemException.badRequest("format", "json, tum or kitti");
        };
    }

    @GET
    @Path("/keyframes")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The frames that the map keeps, with their poses")
    public PoseList keyframes(@PathParam("stream") String stream) {
        SlamWorker work = work(stream);
        return PoseList.of(work, work.map().keyframes());
    }

    @GET
    @Path("/keyframes/{frame}.jpg")
    @Produces(JPEG)
    @Operation(summary = "The frame of a keyframe")
    public Response keyframe(@PathParam("stream") String stream, @PathParam("frame") long frame) {
        var image = work(stream)
                .folder()
                .frame(frame)
                .orElseThrow(() -> ProblemException.notFound("frame " + frame + " was not kept"));
        return Response.ok(image.toFile(), JPEG).build();
    }

    @GET
    @Path("/map")
    @Produces(MODEL_PLY)
    @Operation(summary = "The points of the map, as PLY")
    public byte[] map(@PathParam("stream") String stream) {
        SlamWorker work = work(stream);
        return PlyFile.of(work.map().points(), unit(work));
    }

    @GET
    @Path("/dense")
    @Produces(MODEL_PLY)
    @Operation(summary = "The surfaces that dense mapping has found, as PLY with colours; takes seconds")
    public byte[] surfaces(@PathParam("stream") String stream) {
        SlamWorker work = work(stream);
        return work.surfaces()
                .map(cloud -> PlyFile.of(cloud, unit(work)))
                .orElseThrow(() -> ProblemException.notFound("dense mapping is switched off: SLAM_DENSE is none"));
    }

    @POST
    @Path("/reset")
    @Operation(summary = "Forget the map and begin anew")
    public Response reset(@PathParam("stream") String stream) {
        if (!workers.restart(stream, "asked over HTTP")) {
            throw unknown(stream);
        }
        return Response.accepted().build();
    }

    private static String unit(SlamWorker work) {
        return work.stream() + ", in " + (work.scale() == Scale.METRIC ? "metres" : "an arbitrary unit");
    }

    private SlamWorker work(String stream) {
        return workers.find(stream).orElseThrow(() -> unknown(stream));
    }

    private static ProblemException unknown(String stream) {
        return ProblemException.notFound("stream '" + stream + "' is not worked on here");
    }

    private static Response text(String text) {
        return Response.ok(text, MediaType.TEXT_PLAIN).build();
    }
}
