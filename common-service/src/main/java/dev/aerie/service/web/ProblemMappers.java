package dev.aerie.service.web;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.aerie.messages.InvalidFieldException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns every HTTP error into a problem document. Errors of the server itself are logged, and not explained to the
/// client.
public final class ProblemMappers {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    public Response problem(ProblemException e) {
        return e.problem().toResponse();
    }

    @ServerExceptionMapper
    public Response invalidField(InvalidFieldException e) {
        return of(e).toResponse();
    }

    @ServerExceptionMapper
    public Response wrongJson(MismatchedInputException e) {
        return ofJson(e).toResponse();
    }

    @ServerExceptionMapper
    public Response noJson(JsonProcessingException e) {
        return ofJson(e).toResponse();
    }

    /// Errors found by the HTTP layer: unknown paths, methods and media types, unreadable bodies.
    @ServerExceptionMapper
    public Response http(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return ofJson(json).toResponse();
        }
        var status = e.getResponse().getStatusInfo();
        return Problem.of(status, String.valueOf(e.getMessage())).toResponse();
    }

    @ServerExceptionMapper
    public Response bug(RuntimeException e) {
        LOG.error("request failed", e);
        return Problem.of(Status.INTERNAL_SERVER_ERROR, "the server failed; its log says why")
                .toResponse();
    }

    /// Names the place in the body and what was expected there; never the value, which may contain a password.
    private static Problem ofJson(JsonProcessingException e) {
        if (e instanceof JsonMappingException mapping) {
            if (mapping.getCause() instanceof InvalidFieldException wrong) {
                return of(wrong);
            }
            String path = path(mapping);
            if (mapping instanceof InvalidTypeIdException wrong) {
                return expecting(path.isEmpty() ? "type" : path + ".type", knownTypes(wrong));
            }
            if (mapping instanceof MismatchedInputException wrong && !path.isEmpty()) {
                return expecting(path, expected(wrong));
            }
        }
        return expecting("body", "a JSON object");
    }

    private static Problem of(InvalidFieldException wrong) {
        return expecting(wrong.field(), wrong.expected());
    }

    private static Problem expecting(String field, String expected) {
        return Problem.expecting(Status.BAD_REQUEST, field, expected);
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String knownTypes(InvalidTypeIdException wrong) {
        var types = wrong.getBaseType().getRawClass().getAnnotation(JsonSubTypes.class);
        if (types == null) {
            return "a known type";
        }
        return Arrays.stream(types.value()).map(JsonSubTypes.Type::name).collect(Collectors.joining(", "));
    }

    private static String expected(MismatchedInputException wrong) {
        var type = wrong.getTargetType();
        if (type == null) {
            return "of another type";
        }
        if (type == Integer.class || type == int.class) {
            return "a whole number";
        }
        if (type == Double.class || type == double.class) {
            return "a number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "of type " + type.getSimpleName();
    }
}
