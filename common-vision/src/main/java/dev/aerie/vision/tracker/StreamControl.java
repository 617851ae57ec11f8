package dev.aerie.vision.tracker;

import dev.aerie.vision.prompt.StrategyChoice;

/// Settings of a stream that may change while it runs. Set by any thread, read by the stream's own.
public final class StreamControl {

    /// Largest frame rate that may be set.
    public static final double MAX_FPS = 240;

    private final StrategyChoice strategy;
    private volatile ProcessingMode processingMode;
    private volatile double fps;

    public StreamControl(ProcessingMode processingMode, double fps, StrategyChoice strategy) {
        this.processingMode = processingMode;
        this.fps = fps;
        this.strategy = strategy;
    }

    public ProcessingMode mode() {
        return processingMode;
    }

    public void setMode(ProcessingMode processingMode) {
        this.processingMode = processingMode;
    }

    /// Maximum of processed frames per second of video.
    public double fps() {
        return fps;
    }

    /// Throws [IllegalArgumentException] unless 0 < `fps` <= [#MAX_FPS].
    public void setFps(double fps) {
        if (!(fps > 0 && fps <= MAX_FPS)) {
            throw new IllegalArgumentException("fps must be > 0 and <= " + MAX_FPS + ", was " + fps);
        }
        this.fps = fps;
    }

    /// The prompt strategy, and the words of strategy `text`.
    public StrategyChoice strategy() {
        return strategy;
    }
}
