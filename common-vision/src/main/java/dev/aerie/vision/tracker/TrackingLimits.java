package dev.aerie.vision.tracker;

/// Limits of the tracking of one stream.
///
/// - `maxObjects`: with masks at a time; those that a detector finds beyond it are tracked by their boxes
/// - `bufferedFrames`: kept for prompts that refer to past frames
/// - `repromptInterval`: frames of the stream from one proposal of new objects to the next
public record TrackingLimits(int maxObjects, int bufferedFrames, int repromptInterval) {

    /// As the frame-processor's settings have them by default.
    public static final TrackingLimits DEFAULT = new TrackingLimits(8, 10, 30);

    /// By how much the interval is shorter while nothing is tracked.
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
