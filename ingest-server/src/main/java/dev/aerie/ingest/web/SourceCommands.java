package dev.aerie.ingest.web;

import dev.aerie.ingest.source.Sources;
import dev.aerie.service.web.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `POST /start` and `POST /stop`: the sources that the server runs, one by name or all.
@Path("/")
@Blocking
final class SourceCommands {

    private final Sources sources;

    SourceCommands(Sources sources) {
        this.sources = sources;
    }

    /// Which source; all without a body or a stream in it.
    record Which(@Nullable String stream) {}

    /// The sources to which the command was applied.
    record Applied(List<String> streams) {}

    @POST
    @Path("start")
    public Applied start(@Nullable Which which) {
        return apply(which, sources::start);
    }

    @POST
    @Path("stop")
    public Applied stop(@Nullable Which which) {
        return apply(which, sources::stop);
    }

    private Applied apply(@Nullable Which which, Predicate<String> command) {
        var names = which == null || which.stream() == null ? sources.names() : List.of(which.stream());
        for (String name : names) {
            if (!command.test(name)) {
                throw ProblemException.notFound("there is no source of the name " + name);
            }
        }
        return new Applied(names);
    }
}
