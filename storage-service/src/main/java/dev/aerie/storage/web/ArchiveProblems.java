package dev.aerie.storage.web;

import dev.aerie.service.web.Problem;
import dev.aerie.storage.clip.ClipRefusedException;
import dev.aerie.storage.clip.NoVideoException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns failures of the archive into problem documents.
final class ArchiveProblems {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveProblems.class);

    /// Disk or index are away, or a file was removed meanwhile.
    @ServerExceptionMapper
    Response unavailable(IOException e) {
        LOG.warn("request failed cause={}", e.getMessage());
        return Problem.of(Response.Status.SERVICE_UNAVAILABLE, "the archive cannot be read or changed now")
                .toResponse();
    }

    @ServerExceptionMapper
    Response refused(ClipRefusedException e) {
        return Problem.of(Response.Status.BAD_REQUEST, String.valueOf(e.getMessage()))
                .toResponse();
    }

    @ServerExceptionMapper
    Response nothingThere(NoVideoException e) {
        return Problem.of(Response.Status.NOT_FOUND, String.valueOf(e.getMessage()))
                .toResponse();
    }
}
