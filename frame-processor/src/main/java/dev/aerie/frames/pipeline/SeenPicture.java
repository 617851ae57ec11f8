package dev.aerie.frames.pipeline;

import dev.aerie.messages.FrameResult;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.track.FollowedObject;
import java.util.List;

/// A picture that was looked at.
///
/// - `frame`: lent
/// - `objects`: what is in it, with masks as they are
/// - `result`: the same as it goes out
public record SeenPicture(VideoFrame frame, List<FollowedObject> objects, FrameResult result) {}
