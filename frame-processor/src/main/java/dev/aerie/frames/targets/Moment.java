package dev.aerie.frames.targets;

import dev.aerie.video.FrameStamp;

/// When a picture was taken: its number in the session, and its capture time.
public record Moment(long frameNumber, long captureTimeNanos) {

    public static Moment of(FrameStamp stamp) {
        return new Moment(stamp.id().frameNumber(), stamp.captureTimeNanos());
    }

    /// Frames since `earlier`; 0 if that is none.
    long framesSince(Moment earlier) {
        return Math.max(0, frameNumber - earlier.frameNumber);
    }

    long nanosSince(Moment earlier) {
        return Math.max(0, captureTimeNanos - earlier.captureTimeNanos);
    }
}
