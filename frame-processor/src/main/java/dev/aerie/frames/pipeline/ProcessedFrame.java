package dev.aerie.frames.pipeline;

import dev.aerie.messages.FrameResult;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.track.TrackedObjectState;
import java.util.List;

/// A processed frame.
///
/// - `frame`: lent
/// - `objects`: with their full masks
/// - `result`: the same as published
public record ProcessedFrame(VideoFrame frame, List<TrackedObjectState> objects, FrameResult result) {}
