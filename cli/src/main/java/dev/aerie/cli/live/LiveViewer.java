package dev.aerie.cli.live;

import dev.aerie.cli.rerun.LogMessage;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes to one viewer what its queue has, on the caller's thread, which waits while the connection is full.
///
/// - `end`: completed with a reason once the connection is over, by whoever sees it first
record LiveViewer(
        ViewerQueue queue,
        WriteStream<Buffer> out,
        Function<LogMessage, Buffer> framing,
        CompletableFuture<String> end) {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final long PATIENCE_SECONDS = 20;

    /// Returns why the connection is over.
    String run() throws InterruptedException {
        while (!end.isDone()) {
            LogMessage message = queue.take(LOOK);
            if (message != null) {
                write(message);
            }
        }
        return end.getNow("");
    }

    private void write(LogMessage message) throws InterruptedException {
        try {
            Future<Void> written = out.write(framing.apply(message));
            if (out.writeQueueFull()) {
                CompletableFuture.anyOf(written.toCompletionStage().toCompletableFuture(), end)
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | IllegalStateException e) {
            end.complete(reason(e.getCause() == null ? e : e.getCause()));
        } catch (TimeoutException _) {
            end.complete("the viewer has read nothing for " + PATIENCE_SECONDS + " s");
        }
    }

    static String reason(@Nullable Throwable failure) {
        return failure == null || failure.getMessage() == null ? "no connection" : failure.getMessage();
    }
}
