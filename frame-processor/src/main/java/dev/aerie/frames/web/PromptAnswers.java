package dev.aerie.frames.web;

import dev.aerie.frames.follow.WishRefusedException;
import dev.aerie.frames.pipeline.PromptDesk;
import dev.aerie.frames.pipeline.StreamWork;
import dev.aerie.web.ProblemException;
import java.time.Duration;

/// Puts questions to a stream's tracker and turns a refusal into a problem.
final class PromptAnswers {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private PromptAnswers() {}

    static <T> T ask(StreamWork work, PromptDesk.Question<T> question) {
        try {
            return work.desk().ask(question, PATIENCE);
        } catch (WishRefusedException e) {
            throw refused(e);
        } catch (PromptDesk.UnansweredException e) {
            throw unanswered(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("the service stops");
        }
    }

    private static ProblemException refused(WishRefusedException e) {
        String detail = String.valueOf(e.getMessage());
        return switch (e.why()) {
            case UNKNOWN_OBJECT -> ProblemException.notFound(detail);
            case NO_SUCH_PICTURE, FULL, NOTHING_THERE -> ProblemException.conflict(detail, e.field());
            case UNUSABLE -> ProblemException.unusable(e.field(), detail);
        };
    }

    private static ProblemException unanswered(PromptDesk.UnansweredException e) {
        String detail = String.valueOf(e.getMessage());
        return switch (e.why()) {
            case BUSY -> ProblemException.tooMany(detail);
            case NO_PICTURE, FAILED -> ProblemException.unavailable(detail);
            case NO_PROMPTS -> ProblemException.notImplemented(detail);
        };
    }
}
