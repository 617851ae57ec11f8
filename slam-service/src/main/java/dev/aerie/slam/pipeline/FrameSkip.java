package dev.aerie.slam.pipeline;

/// Takes one frame of so many, by their numbers: frames that were dropped before count as skipped.
final class FrameSkip {

    private final int every;
    private long next;

    /// - `every`: from 1
    FrameSkip(int every) {
        if (every < 1) {
            throw new IllegalArgumentException("every must be >= 1, was " + every);
        }
        this.every = every;
    }

    boolean takes(long frameNumber) {
        boolean isAnotherSession = frameNumber + every < next;
        if (frameNumber < next && !isAnotherSession) {
            return false;
        }
        next = frameNumber + every;
        return true;
    }
}
