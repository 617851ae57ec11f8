package dev.aerie.vision.tracker;

import dev.aerie.threads.BackgroundTasks;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.prompt.PromptStrategy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Has a stream's strategy look at a frame on a thread of its own while something else is done with that frame. The
/// thread starts with the first such frame and ends with [#close].
final class StrategyThread implements AutoCloseable {

    private final PromptStrategy strategy;
    private final BackgroundTasks thread = new BackgroundTasks("prompt-strategy");

    /// - `strategy`: lent; between calls it is the caller's
    StrategyThread(PromptStrategy strategy) {
        this.strategy = strategy;
    }

    /// What is done meanwhile.
    @FunctionalInterface
    interface Work<T> {
        T run() throws ModelException;
    }

    /// Has the strategy observe `frame`, lent, while `work` runs here. Neither goes on when this returns or throws.
    <T> T observeDuring(VideoFrame frame, Work<T> work) throws ModelException {
        var observing = CompletableFuture.supplyAsync(() -> failureOf(frame), thread::execute);
        T result;
        try {
            result = work.run();
        } finally {
            observing.join();
        }
        Optional<Exception> failure = observing.join();
        if (failure.isEmpty()) {
            return result;
        }
        if (failure.get() instanceof ModelException e) {
            throw e;
        }
        throw (RuntimeException) failure.get();
    }

    private Optional<Exception> failureOf(VideoFrame frame) {
        try {
            strategy.observe(frame);
            return Optional.empty();
        } catch (ModelException | RuntimeException e) {
            return Optional.of(e);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
