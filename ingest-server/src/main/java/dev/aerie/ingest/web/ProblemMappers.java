package dev.aerie.ingest.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.aerie.ingest.source.InvalidSourceException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every error of HTTP becomes a problem document; what is our fault is logged and not explained.
final class ProblemMappers {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        return e.problem().toResponse();
    }

    @ServerExceptionMapper
    Response invalidSource(InvalidSourceException e) {
        return Problem.wrongField(e.field(), e.expected()).toResponse();
    }

    @ServerExceptionMapper
    Response wrongJson(MismatchedInputException e) {
        return ofJson(e).toResponse();
    }

    @ServerExceptionMapper
    Response noJson(JsonProcessingException e) {
        return ofJson(e).toResponse();
    }

    /// Errors that the HTTP layer found: unknown paths, methods, media types, bodies that it could not read.
    @ServerExceptionMapper
    Response http(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return ofJson(json).toResponse();
        }
        var status = e.getResponse().getStatusInfo();
        return Problem.of(status, String.valueOf(e.getMessage())).toResponse();
    }

    @ServerExceptionMapper
    Response bug(RuntimeException e) {
        LOG.error("request failed", e);
        return Problem.of(Response.Status.INTERNAL_SERVER_ERROR, "the server failed; its log says why")
                .toResponse();
    }

    /// Says where in the body, and what was expected there; never the value, which may hold a password.
    private static Problem ofJson(JsonProcessingException e) {
        if (e instanceof JsonMappingException mapping) {
            if (mapping.getCause() instanceof InvalidSourceException wrong) {
                return Problem.wrongField(wrong.field(), wrong.expected());
            }
            String path = path(mapping);
            if (mapping instanceof InvalidTypeIdException) {
                return Problem.wrongField(path.isEmpty() ? "type" : path + ".type", "rtsp, file, webcam or test");
            }
            if (mapping instanceof MismatchedInputException wrong && !path.isEmpty()) {
                return Problem.wrongField(path, expected(wrong));
            }
        }
        return Problem.wrongField("body", "a JSON object");
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String expected(MismatchedInputException wrong) {
        var type = wrong.getTargetType();
        if (type == null) {
            return "of another type";
        }
        if (type == Integer.class || type == int.class) {
            return "a whole number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "of type " + type.getSimpleName();
    }
}
