package dev.aerie.service.web;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

/// Ends a request with a [Problem].
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Response.StatusType UNPROCESSABLE = new Unprocessable();

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /// 400: the request cannot be understood.
    public static ProblemException badRequest(String field, String expected) {
        return new ProblemException(Problem.expecting(Status.BAD_REQUEST, field, expected));
    }

    /// 401: wrong credentials; without a challenge, which a browser would pass on to its user.
    public static ProblemException unauthorized(String detail) {
        return new ProblemException(Problem.of(Status.UNAUTHORIZED, detail));
    }

    /// 404.
    public static ProblemException notFound(String detail) {
        return new ProblemException(Problem.of(Status.NOT_FOUND, detail));
    }

    /// 409: not possible in the current state.
    public static ProblemException conflict(String detail) {
        return new ProblemException(Problem.of(Status.CONFLICT, detail));
    }

    /// 409: not possible in the current state, because of this field.
    public static ProblemException conflict(String detail, String field) {
        return new ProblemException(Problem.of(Status.CONFLICT, detail, field));
    }

    /// 422: a field of the body is missing or has an invalid value.
    public static ProblemException unprocessable(String field, String expected) {
        return new ProblemException(Problem.expecting(UNPROCESSABLE, field, expected));
    }

    /// 422: a field of the body is well formed but cannot be used.
    public static ProblemException unusable(String field, String detail) {
        return new ProblemException(Problem.of(UNPROCESSABLE, detail, field));
    }

    /// 429.
    public static ProblemException tooMany(String detail) {
        return new ProblemException(Problem.of(Status.TOO_MANY_REQUESTS, detail));
    }

    /// 501.
    public static ProblemException notImplemented(String detail) {
        return new ProblemException(Problem.of(Status.NOT_IMPLEMENTED, detail));
    }

    /// 502: another server that is needed has failed.
    public static ProblemException badGateway(String detail) {
        return new ProblemException(Problem.of(Status.BAD_GATEWAY, detail));
    }

    /// 503.
    public static ProblemException unavailable(String detail) {
        return new ProblemException(Problem.of(Status.SERVICE_UNAVAILABLE, detail));
    }

    public Problem problem() {
        return problem;
    }

    /// 422, which [Status] does not know (RFC 9110, 15.5.21).
    private record Unprocessable() implements Response.StatusType {

        @Override
        public int getStatusCode() {
            return 422;
        }

        @Override
        public Status.Family getFamily() {
            return Status.Family.CLIENT_ERROR;
        }

        @Override
        public String getReasonPhrase() {
            return "Unprocessable Content";
        }
    }
}
