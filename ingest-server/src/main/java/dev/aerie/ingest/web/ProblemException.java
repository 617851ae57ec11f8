package dev.aerie.ingest.web;

import jakarta.ws.rs.core.Response;

/// Ends a request with a problem document.
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    static ProblemException notFound(String detail) {
        return new ProblemException(Problem.of(Response.Status.NOT_FOUND, detail));
    }

    Problem problem() {
        return problem;
    }
}
