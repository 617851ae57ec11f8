package dev.aerie.frames.web;

import dev.aerie.frames.crop.Crop;
import dev.aerie.frames.crop.CropStore;
import dev.aerie.frames.crop.Enhancer;
import dev.aerie.frames.crop.ObjectCrops;
import dev.aerie.service.web.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// Images of one object of a stream of this replica.
@Path("/api/streams/{stream}/objects/{object}")
@Produces(CropResource.JPEG)
public final class CropResource {

    static final String JPEG = "image/jpeg";

    private final CropStore store;
    private final Function<List<Crop>, byte[]> enhancer;
    private final Semaphore oneAtATime = new Semaphore(1);

    @Inject
    CropResource(CropStore store) {
        this(store, Enhancer::enhance);
    }

    /// - `enhancer`: takes a core for as long as it runs
    CropResource(CropStore store, Function<List<Crop>, byte[]> enhancer) {
        this.store = store;
        this.enhancer = enhancer;
    }

    @GET
    @Path("/crop")
    @Operation(summary = "The best frame of the object so far, with a fifth of its sides round it")
    public byte[] crop(@PathParam("stream") String stream, @PathParam("object") long object) {
        return crops(stream, object).getFirst().toJpeg();
    }

    @GET
    @Path("/enhanced")
    @Blocking
    @Operation(
            summary =
                    "One better frame made of the best of the object: aligned, denoised, enlarged, sharpened; 429 while another is made")
    public byte[] enhanced(@PathParam("stream") String stream, @PathParam("object") long object) {
        var crops = crops(stream, object);
        if (!oneAtATime.tryAcquire()) {
            throw ProblemException.tooMany("another object is being enhanced");
        }
        try {
            return enhancer.apply(crops);
        } finally {
            oneAtATime.release();
        }
    }

    private List<Crop> crops(String stream, long object) {
        ObjectCrops kept = store.find(stream)
                .orElseThrow(() -> ProblemException.notFound("stream '" + stream + "' is not processed here"));
        List<Crop> crops = kept.of(object);
        if (crops.isEmpty()) {
            throw ProblemException.notFound("no frame of object " + object + " is kept");
        }
        return crops;
    }
}
