package dev.aerie.ptz.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.ptz.calibration.Calibration;
import dev.aerie.ptz.follow.Steering;
import dev.aerie.ptz.follow.Steerings;
import dev.aerie.ptz.measure.Calibrations;
import dev.aerie.ptz.measure.OngoingCalibration;
import dev.aerie.service.web.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// Cameras that measure themselves.
@Path("/ptz/{camera}")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class CalibrationResource {

    private final CameraChoice cameras;
    private final Calibrations calibrations;

    CalibrationResource(Steerings steerings, Calibrations calibrations) {
        this.cameras = new CameraChoice(steerings);
        this.calibrations = calibrations;
    }

    /// A calibration, and how far the last one that was asked for has come.
    ///
    /// - `state`: `none`, `running`, `done` or `failed`
    /// - `progress`: 0..1
    /// - `failure`: in words, null where none
    /// - `known`: what the camera measured last, null where nothing
    public record View(
            String state,
            double progress,
            @Nullable String failure,
            @Nullable Result known) {}

    /// What a camera has measured of itself; see `docs/ptz.md`.
    public record Result(
            @JsonProperty("dead_time_seconds") double deadTimeSeconds,
            @JsonProperty("pan_scale") double panScale,
            @JsonProperty("tilt_scale") double tiltScale,
            @JsonProperty("pan_acceleration_deg_s2") double panAcceleration,
            @JsonProperty("tilt_acceleration_deg_s2") double tiltAcceleration,
            @JsonProperty("settle_seconds") double settleSeconds,
            @JsonProperty("hfov_degrees") double hfovDegrees,
            double zoom,
            double confidence) {

        static Result of(Calibration found) {
            return new Result(
                    found.deadTimeSeconds(),
                    found.panScale(),
                    found.tiltScale(),
                    found.panAcceleration(),
                    found.tiltAcceleration(),
                    found.settleSeconds(),
                    found.hfovDegrees(),
                    found.zoom(),
                    found.confidence());
        }
    }

    @POST
    @Path("/calibrate")
    @Operation(
            summary =
                    "The camera measures its dead time, speeds and field of view, in about a minute in which it turns;"
                            + " 409 while a person steers it. Whoever commands it ends that")
    public View begin(@PathParam("camera") String name, @Nullable JsonNode body) {
        Fields.of(body);
        Steering camera = cameras.named(name);
        try {
            calibrations.begin(camera);
        } catch (IllegalStateException e) {
            throw ProblemException.conflict(String.valueOf(e.getMessage()));
        }
        return view(name);
    }

    @GET
    @Path("/calibration")
    @Operation(summary = "How far a calibration has come, and what the camera measured last")
    public View show(@PathParam("camera") String name) {
        return view(cameras.named(name).camera().name());
    }

    private View view(String camera) {
        Result known = calibrations.known(camera).map(Result::of).orElse(null);
        return calibrations
                .last(camera)
                .map(run -> new View(state(run), run.progress(), run.failure().isEmpty() ? null : run.failure(), known))
                .orElseGet(() -> new View("none", 0, null, known));
    }

    private static String state(OngoingCalibration run) {
        if (run.isRunning()) {
            return "running";
        }
        return run.result().isPresent() ? "done" : "failed";
    }
}
