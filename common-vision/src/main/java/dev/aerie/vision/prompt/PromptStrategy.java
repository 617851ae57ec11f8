package dev.aerie.vision.prompt;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.onnx.ModelException;
import java.util.List;
import java.util.Optional;

/// Proposes candidates for tracks; the gate decides which become tracks.
///
/// One per stream, used by its thread; owns native memory until [#close].
public interface PromptStrategy extends AutoCloseable {

    /// Takes the next frame of the stream, lent for the call. A strategy with memory updates it here, and resets it
    /// with another session or size.
    default void observe(VideoFrame frame) throws ModelException {}

    /// The candidates in `frame`, the one observed last, best first; lent for the call.
    List<Candidate> propose(VideoFrame frame) throws ModelException;

    /// Whether the strategy changed since the previous frame: proposed tracks end then.
    default boolean hasChanged() {
        return false;
    }

    /// Its candidates in the frame observed last, where they need no further work; else empty: call [#propose].
    default Optional<List<Candidate>> current() {
        return Optional.empty();
    }

    /// Whether it proposes every object of its kind each time, so that an object that is not proposed is not there.
    default boolean isExhaustive() {
        return false;
    }

    /// All that its detector found in the frame proposed for last, also what is too uncertain to be proposed: it may
    /// show an
    /// object that is known. Empty unless [#isExhaustive].
    default List<Detection> detections() {
        return List.of();
    }

    /// Detections with class names in `frame`, the one observed last: they name objects that were found without a name,
    /// and propose none. Takes as long as a detector does, where one is installed; the frame is lent for the call.
    default List<Detection> names(VideoFrame frame) throws ModelException {
        return List.of();
    }

    @Override
    default void close() {}
}
