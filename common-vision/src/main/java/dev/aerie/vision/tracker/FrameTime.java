package dev.aerie.vision.tracker;

import dev.aerie.video.FrameStamp;

/// When a frame was taken: its number in the session, and its capture time.
public record FrameTime(long frameNumber, long captureTimeNanos) {

    public static FrameTime of(FrameStamp stamp) {
        return new FrameTime(stamp.id().frameNumber(), stamp.captureTimeNanos());
    }

    /// Frames since `earlier`; 0 if that is not earlier.
    long framesSince(FrameTime earlier) {
        return Math.max(0, frameNumber - earlier.frameNumber);
    }

    long nanosSince(FrameTime earlier) {
        return Math.max(0, captureTimeNanos - earlier.captureTimeNanos);
    }
}
