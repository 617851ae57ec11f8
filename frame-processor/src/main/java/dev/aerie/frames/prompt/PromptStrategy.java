package dev.aerie.frames.prompt;

import dev.aerie.frames.tracker.Candidate;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import java.util.List;
import java.util.Optional;

/// Proposes what in a stream may be worth following; whether it is followed, the gate decides.
///
/// One per stream, used by its thread; owns native memory until [#close].
public interface PromptStrategy extends AutoCloseable {

    /// Looks at the next frame of the stream, lent for the call. One that learns from what was before
    /// does it here; it starts afresh with another session or size.
    default void observe(VideoFrame frame) throws ModelException {}

    /// What is proposed in `frame`, the one seen last, best first; lent for the call.
    List<Candidate> propose(VideoFrame frame) throws ModelException;

    /// Whether, since the frame before, something else is looked for: what was found until then is given up.
    default boolean hasChanged() {
        return false;
    }

    /// What it knows of the frame seen last without looking again; empty where it must be asked by [#propose].
    default Optional<List<Candidate>> current() {
        return Optional.empty();
    }

    /// Whether it proposes everything of its kind each time, so that what it does not propose is not there.
    default boolean isExhaustive() {
        return false;
    }

    @Override
    default void close() {}
}
