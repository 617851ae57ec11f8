package dev.aerie.storage.clip;

import dev.aerie.messages.FrameId;
import java.util.List;

/// A stretch of video and the pictures in it.
///
/// - `pictures`: those that are shown, in the order in which they are
public record Clip(String stream, Content content, List<Picture> pictures) {

    /// One picture of a clip.
    ///
    /// - `seconds`: from the clip's start to its showing
    public record Picture(FrameId id, long captureTimeNanos, double seconds) {}

    public Clip {
        pictures = List.copyOf(pictures);
    }
}
