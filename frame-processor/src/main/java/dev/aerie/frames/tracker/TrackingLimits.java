package dev.aerie.frames.tracker;

/// How much of one stream is followed.
///
/// - `maxObjects`: at a time
/// - `bufferedFrames`: that are kept for what a person asks of a frame gone by
/// - `repromptInterval`: frames of the stream from one look for something new to the next
public record TrackingLimits(int maxObjects, int bufferedFrames, int repromptInterval) {

    /// Shares of the interval after which is looked again while nothing is followed.
    private static final int EMPTY_INTERVAL_DIVISOR = 5;

    public TrackingLimits {
        if (maxObjects < 1 || bufferedFrames < 1 || repromptInterval < 1) {
            throw new IllegalArgumentException("limits are at least 1, were " + maxObjects + " objects, "
                    + bufferedFrames + " frames, " + repromptInterval + " frames");
        }
    }

    long intervalFrames(boolean hasObjects) {
        return hasObjects ? repromptInterval : Math.max(1, repromptInterval / EMPTY_INTERVAL_DIVISOR);
    }
}
