package dev.aerie.vision.detect;

import java.time.Duration;

/// How the frames of several streams share runs of one network.
///
/// - `maxFrames`: in one run; 1 for none together
/// - `maxWait`: for which a frame waits for those of other streams
public record BatchConfig(int maxFrames, Duration maxWait) {

    /// Each frame by itself.
    public static final BatchConfig NONE = new BatchConfig(1, Duration.ZERO);

    public BatchConfig {
        if (maxFrames < 1 || maxWait.isNegative()) {
            throw new IllegalArgumentException(
                    "a batch has at least 1 frame and waits at least 0 s, was " + maxFrames + " and " + maxWait);
        }
    }
}
