package dev.aerie.frames.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// What went wrong with a request. Source: RFC 9457.
///
/// - `field`: of the request's body or path, where one is to blame
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(Response.StatusType status, String detail, @Nullable String field) {
        return new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, field);
    }

    Response toResponse() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }
}
