package dev.aerie.frames.web;

import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// A request that cannot be fulfilled; answered as a [Problem].
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private ProblemException(Response.Status status, String detail, @Nullable String field) {
        super(detail);
        this.problem = Problem.of(status, detail, field);
    }

    static ProblemException notFound(String detail) {
        return new ProblemException(Response.Status.NOT_FOUND, detail, null);
    }

    static ProblemException notImplemented(String detail) {
        return new ProblemException(Response.Status.NOT_IMPLEMENTED, detail, null);
    }

    /// A field of the body is missing or may not have the value it has.
    static ProblemException unprocessable(String field, String expected) {
        return new ProblemException(Response.Status.fromStatusCode(422), field + ": expected " + expected, field);
    }

    Problem problem() {
        return problem;
    }
}
