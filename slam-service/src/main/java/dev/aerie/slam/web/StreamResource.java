package dev.aerie.slam.web;

import dev.aerie.messages.CameraPose.Scale;
import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.slam.output.PlyFile;
import dev.aerie.slam.output.SessionFolder;
import dev.aerie.slam.pipeline.StreamSlam;
import dev.aerie.slam.trajectory.KittiFile;
import dev.aerie.slam.trajectory.TumFile;
import dev.aerie.web.ProblemException;
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
public final class StreamResource {

    private static final String MODEL_PLY = "model/ply";
    private static final String JPEG = "image/jpeg";

    private final AssignedStreams<StreamSlam> streams;

    StreamResource(AssignedStreams<StreamSlam> streams) {
        this.streams = streams;
    }

    @GET
    @Path("/trajectory")
    @Operation(summary = "Every tracked picture's pose, as the map knows it now: ?format=json, tum or kitti")
    public Response trajectory(
            @PathParam("stream") String stream, @QueryParam("format") @DefaultValue("json") String format) {
        StreamSlam work = work(stream);
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
    @Operation(summary = "The pictures that the map keeps, with their poses")
    public PoseList keyframes(@PathParam("stream") String stream) {
        StreamSlam work = work(stream);
        return PoseList.of(work, work.map().keyframes());
    }

    @GET
    @Path("/keyframes/{frame}.jpg")
    @Produces(JPEG)
    @Operation(summary = "The picture of a keyframe")
    public Response keyframe(@PathParam("stream") String stream, @PathParam("frame") long frame) {
        var picture = work(stream)
                .folder()
                .picture(frame)
                .orElseThrow(() -> ProblemException.notFound("picture " + frame + " was not kept"));
        return Response.ok(picture.toFile(), JPEG).build();
    }

    @GET
    @Path("/map")
    @Produces(MODEL_PLY)
    @Operation(summary = "The points of the map, as PLY")
    public byte[] map(@PathParam("stream") String stream) {
        StreamSlam work = work(stream);
        return PlyFile.of(work.map().points(), unit(work));
    }

    @GET
    @Path("/dense")
    @Produces(MODEL_PLY)
    @Operation(summary = "The surfaces that dense mapping has found, as PLY with colours; takes seconds")
    public byte[] surfaces(@PathParam("stream") String stream) {
        StreamSlam work = work(stream);
        return work.surfaces()
                .map(cloud -> PlyFile.of(cloud, unit(work)))
                .orElseThrow(() -> ProblemException.notFound("dense mapping is switched off: SLAM_DENSE is none"));
    }

    @POST
    @Path("/reset")
    @Operation(summary = "Forget the map and begin anew")
    public Response reset(@PathParam("stream") String stream) {
        if (!streams.restart(stream, "asked over HTTP")) {
            throw unknown(stream);
        }
        return Response.accepted().build();
    }

    private static String unit(StreamSlam work) {
        return work.stream() + ", in " + (work.scale() == Scale.METRIC ? "metres" : "an arbitrary unit");
    }

    private StreamSlam work(String stream) {
        return streams.find(stream).orElseThrow(() -> unknown(stream));
    }

    private static ProblemException unknown(String stream) {
        return ProblemException.notFound("stream '" + stream + "' is not worked on here");
    }

    private static Response text(String text) {
        return Response.ok(text, MediaType.TEXT_PLAIN).build();
    }
}
