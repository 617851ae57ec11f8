package dev.aerie.ingest.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;

/// A problem document (RFC 9457); `field` and `expected` are ours: which part of the question was wrong, and what
/// it should have been. Empty ones are left out.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, String field, String expected) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(Response.StatusType status, String detail) {
        return new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, "", "");
    }

    /// 400, naming the field.
    static Problem wrongField(String field, String expected) {
        var status = Response.Status.BAD_REQUEST;
        return new Problem(
                "about:blank",
                status.getReasonPhrase(),
                status.getStatusCode(),
                field + " must be " + expected,
                field,
                expected);
    }

    Response toResponse() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }
}
