package dev.aerie.frames.pipeline;

import dev.aerie.messages.FrameResult;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.track.TrackedObjectState;
import java.util.List;

/// A frame that was looked at.
///
/// - `frame`: lent
/// - `objects`: what is in it, with masks as they are
/// - `result`: the same as it goes out
public record ProcessedFrame(VideoFrame frame, List<TrackedObjectState> objects, FrameResult result) {}
