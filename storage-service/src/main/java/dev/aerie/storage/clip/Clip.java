package dev.aerie.storage.clip;

import dev.aerie.messages.FrameId;
import java.util.List;

/// A span of video with its frames.
///
/// - `frames`: the visible frames in presentation order
public record Clip(String stream, RandomAccessSource source, List<Frame> frames) {

    /// One frame of a clip.
    ///
    /// - `seconds`: presentation time from the start of the clip
    public record Frame(FrameId id, long captureTimeNanos, double seconds) {}

    public Clip {
        frames = List.copyOf(frames);
    }
}
