package dev.aerie.frames.web;

import dev.aerie.frames.pipeline.FrameWorker;
import dev.aerie.frames.pipeline.PromptQueue;
import dev.aerie.frames.tracker.PromptRejectedException;
import dev.aerie.service.web.ProblemException;
import java.time.Duration;

/// Puts questions to a stream's tracker and turns a refusal into a problem.
final class PromptAnswers {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private PromptAnswers() {}

    static <T> T ask(FrameWorker worker, PromptQueue.Question<T> question) {
        try {
            return worker.desk().ask(question, PATIENCE);
        } catch (PromptRejectedException e) {
            throw refused(e);
        } catch (PromptQueue.UnansweredException e) {
            throw unanswered(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("the service stops");
        }
    }

    private static ProblemException refused(PromptRejectedException e) {
        String detail = String.valueOf(e.getMessage());
        return switch (e.why()) {
            case UNKNOWN_OBJECT -> ProblemException.notFound(detail);
            case NO_SUCH_FRAME, FULL, NOTHING_THERE -> ProblemException.conflict(detail, e.field());
            case UNUSABLE -> ProblemException.unusable(e.field(), detail);
        };
    }

    private static ProblemException unanswered(PromptQueue.UnansweredException e) {
        String detail = String.valueOf(e.getMessage());
        return switch (e.why()) {
            case BUSY -> ProblemException.tooMany(detail);
            case NO_FRAME, FAILED -> ProblemException.unavailable(detail);
            case NO_PROMPTS -> ProblemException.notImplemented(detail);
        };
    }
}
