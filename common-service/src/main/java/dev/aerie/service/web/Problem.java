package dev.aerie.service.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.Response;

/// A problem document (RFC 9457) with two fields of our own: `field` names the wrong part of the request, `expected`
/// the allowed value. Empty fields are omitted.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, String field, String expected) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(Response.StatusType status, String detail) {
        return of(status, detail, "", "");
    }

    /// A problem caused by one field of the body, the path or the query.
    public static Problem of(Response.StatusType status, String detail, String field) {
        return of(status, detail, field, "");
    }

    /// A problem that also names the expected value of a field.
    public static Problem expecting(Response.StatusType status, String field, String expected) {
        return of(status, field + " must be " + expected, field, expected);
    }

    private static Problem of(Response.StatusType status, String detail, String field, String expected) {
        return new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, field, expected);
    }

    /// Answers a request of a plain route.
    ///
    /// - `detail`: text of ours, never of the request: it is not escaped
    public static void answer(HttpServerResponse response, int status, String detail) {
        var _ = response.setStatusCode(status)
                .putHeader("Content-Type", MEDIA_TYPE)
                .end("{\"type\":\"about:blank\",\"status\":" + status + ",\"detail\":\"" + detail + "\"}");
    }

    public Response toResponse() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }
}
