package dev.aerie.vision.segment;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.track.MaskTracker;

/// Makes mask trackers that need no weights: the entry point of this package. Safe for any number of threads.
public final class BilateralTrackers implements MaskTracker.Factory {

    /// As messages and settings name it.
    public static final String NAME = "bilateral";

    private final BilateralConfig config;

    public BilateralTrackers(BilateralConfig config) {
        this.config = config;
    }

    @Override
    public MaskTracker open(FrameSize size, int maxObjects, int bufferedFrames) {
        return new BilateralTracker(config, size, maxObjects);
    }

    @Override
    public boolean takesCoarseMasks() {
        return true;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String model() {
        return NAME;
    }

    @Override
    public void close() {
        // Nothing is shared among its trackers.
    }
}
