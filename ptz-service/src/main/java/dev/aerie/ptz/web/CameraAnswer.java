package dev.aerie.ptz.web;

import dev.aerie.ptz.camera.PtzException;
import dev.aerie.service.web.Problem;
import dev.aerie.service.web.ProblemException;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for a camera's answer on behalf of a request.
final class CameraAnswer {

    /// Beyond the time-out of most drivers.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private CameraAnswer() {}

    /// The answer; throws [ProblemException] that says why there is none.
    static <T> T of(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw problem(Status.GATEWAY_TIMEOUT, "the camera has not answered within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("the service stops");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PtzException cause) {
                throw of(cause);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static ProblemException of(PtzException cause) {
        String words = String.valueOf(cause.getMessage());
        return switch (cause.reason()) {
            case UNREACHABLE, BUSY -> ProblemException.unavailable(words);
            case UNAUTHORIZED, MALFORMED_ANSWER -> ProblemException.badGateway(words);
            case REFUSED -> ProblemException.conflict(words);
            case UNSUPPORTED -> ProblemException.notImplemented(words);
        };
    }

    private static ProblemException problem(Status status, String detail) {
        return new ProblemException(Problem.of(status, detail));
    }
}
