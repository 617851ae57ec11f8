package dev.aerie.storage.clip;

import dev.aerie.messages.FrameId;
import java.util.List;

/// A stretch of video and the frames in it.
///
/// - `frames`: those that are shown, in the order in which they are
public record Clip(String stream, RandomAccessSource source, List<Frame> frames) {

    /// One frame of a clip.
    ///
    /// - `seconds`: from the clip's start to its showing
    public record Frame(FrameId id, long captureTimeNanos, double seconds) {}

    public Clip {
        frames = List.copyOf(frames);
    }
}
