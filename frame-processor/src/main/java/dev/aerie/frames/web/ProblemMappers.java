package dev.aerie.frames.web;

import com.fasterxml.jackson.core.JacksonException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Answers every failed request as a [Problem].
final class ProblemMappers {

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        return e.problem().toResponse();
    }

    @ServerExceptionMapper
    Response noJson(JacksonException e) {
        return Problem.of(Response.Status.BAD_REQUEST, "the body is no JSON: " + e.getOriginalMessage(), null)
                .toResponse();
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException e) {
        if (e.getCause() instanceof JacksonException cause) {
            return noJson(cause);
        }
        var status = e.getResponse().getStatusInfo();
        return Problem.of(status, status.getReasonPhrase(), null).toResponse();
    }
}
