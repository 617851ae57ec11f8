package dev.aerie.ptz.command;

import dev.aerie.video.FrameStamp;
import org.jspecify.annotations.Nullable;

/// Who wants a command.
public sealed interface Origin {

    /// A person.
    record Operator(String name) implements Origin {}

    /// The service, by what a frame shows.
    ///
    /// - `receivedAtNanos`: of `System.nanoTime()`, when the frame had come in
    /// - `objectId`: that is followed; null where none is
    record Frame(
            FrameStamp stamp,
            long receivedAtNanos,
            @Nullable Long objectId) implements Origin {}

    /// The service, by itself: a tour, the end of a move.
    record Service() implements Origin {}
}
