package dev.aerie.frames.web;

import dev.aerie.frames.pipeline.FrameWorker;
import dev.aerie.frames.pipeline.PromptQueue;
import dev.aerie.service.web.ProblemException;
import dev.aerie.vision.tracker.PromptRejectedException;
import java.time.Duration;

/// Runs tasks on a stream's tracker and converts failures to problems.
final class PromptTasks {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private PromptTasks() {}

    static <T> T submit(FrameWorker worker, PromptQueue.TrackerTask<T> trackerTask) {
        try {
            return worker.promptQueue().submit(trackerTask, TIMEOUT);
        } catch (PromptRejectedException e) {
            throw problemOf(e);
        } catch (PromptQueue.NotExecutedException e) {
            throw problemOf(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("the service stops");
        }
    }

    private static ProblemException problemOf(PromptRejectedException e) {
        String detail = String.valueOf(e.getMessage());
        return switch (e.reason()) {
            case UNKNOWN_OBJECT -> ProblemException.notFound(detail);
            case NO_SUCH_FRAME, FULL, NOTHING_THERE -> ProblemException.conflict(detail, e.field());
            case UNUSABLE -> ProblemException.unusable(e.field(), detail);
        };
    }

    private static ProblemException problemOf(PromptQueue.NotExecutedException e) {
        String detail = String.valueOf(e.getMessage());
        return switch (e.reason()) {
            case BUSY -> ProblemException.tooMany(detail);
            case NO_FRAME, FAILED -> ProblemException.unavailable(detail);
            case NO_PROMPTS -> ProblemException.notImplemented(detail);
        };
    }
}
