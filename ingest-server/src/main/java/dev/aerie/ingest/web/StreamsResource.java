package dev.aerie.ingest.web;

import dev.aerie.ingest.source.SourceSpec;
import dev.aerie.ingest.source.Sources;
import dev.aerie.service.web.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/api/streams`: published streams, and the sources that the server runs for them. A name with a slash in it,
/// `drone/overlay`, is written as it is.
@Path("/api/streams")
@Blocking
final class StreamsResource {

    private static final String STREAM = "{stream: [a-z0-9][a-z0-9_-]*(/overlay)?}";

    private final StreamViews views;
    private final Sources sources;

    StreamsResource(StreamViews views, Sources sources) {
        this.views = views;
        this.sources = sources;
    }

    /// All streams, by name.
    record StreamList(List<StreamView> streams) {}

    @GET
    public StreamList all() {
        return new StreamList(views.all());
    }

    /// Adds these sources or replaces those of the same name; the others stay.
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public StreamList putAll(@Nullable Map<String, SourceSpec> specs) {
        if (specs == null || specs.isEmpty()) {
            throw ProblemException.badRequest("body", "a JSON object of sources by stream");
        }
        specs.forEach(this::put);
        return all();
    }

    /// Removes every source that the server runs.
    @DELETE
    public Response removeAll() {
        sources.removeAll();
        return Response.noContent().build();
    }

    @GET
    @Path(STREAM)
    public StreamView one(String stream) {
        return views.find(stream).orElseThrow(() -> unknown(stream));
    }

    @PUT
    @Path(STREAM)
    @Consumes(MediaType.APPLICATION_JSON)
    public StreamView put(String stream, @Nullable SourceSpec spec) {
        if (spec == null) {
            throw ProblemException.badRequest("body", "a JSON object with a type");
        }
        try {
            sources.put(stream, spec);
        } catch (IllegalStateException full) {
            throw ProblemException.conflict(String.valueOf(full.getMessage()));
        }
        return one(stream);
    }

    @DELETE
    @Path(STREAM)
    public Response remove(String stream) {
        if (!sources.remove(stream)) {
            throw unknown(stream);
        }
        return Response.noContent().build();
    }

    private static ProblemException unknown(String stream) {
        return ProblemException.notFound("there is no stream or source of the name " + stream);
    }
}
