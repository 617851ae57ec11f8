package dev.aerie.ptz.command;

import dev.aerie.ptz.camera.PtzException;
import java.util.concurrent.CompletableFuture;

/// A command on its way to the camera.
///
/// - `outcome`: completes with what became of it; exceptionally, by a [PtzException], where the camera did not do it
public record Order(CameraCommand command, Origin origin, CompletableFuture<Outcome> outcome) {

    /// What becomes of a command.
    public enum Outcome {
        /// The camera has answered that it does it.
        SENT,
        /// A newer one took its place before it was sent, or its time was over.
        SUPERSEDED
    }

    public static Order of(CameraCommand command, Origin origin) {
        return new Order(command, origin, new CompletableFuture<>());
    }

    void sent() {
        outcome.complete(Outcome.SENT);
    }

    void superseded() {
        outcome.complete(Outcome.SUPERSEDED);
    }

    void failed(PtzException cause) {
        outcome.completeExceptionally(cause);
    }
}
