package dev.aerie.frames.follow;

/// How much of one stream is followed.
///
/// - `maxObjects`: at a time
/// - `bufferedPictures`: that are kept for what a person asks of a picture gone by
/// - `repromptInterval`: frames of the stream from one look for something new to the next
public record FollowLimits(int maxObjects, int bufferedPictures, int repromptInterval) {

    /// Shares of the interval after which is looked again while nothing is followed.
    private static final int SOONER_WHILE_EMPTY = 5;

    public FollowLimits {
        if (maxObjects < 1 || bufferedPictures < 1 || repromptInterval < 1) {
            throw new IllegalArgumentException("limits are at least 1, were " + maxObjects + " objects, "
                    + bufferedPictures + " pictures, " + repromptInterval + " frames");
        }
    }

    long intervalFrames(boolean isAnythingFollowed) {
        return isAnythingFollowed ? repromptInterval : Math.max(1, repromptInterval / SOONER_WHILE_EMPTY);
    }
}
