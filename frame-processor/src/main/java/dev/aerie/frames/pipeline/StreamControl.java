package dev.aerie.frames.pipeline;

import dev.aerie.frames.prompt.StrategyChoice;

/// What may be changed of a stream while it runs. Set by any thread, read by the stream's own.
public final class StreamControl {

    /// Most frames per second that may be asked for.
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

    /// Most frames per second of video that are looked at.
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

    /// What looks for objects, and the words that it looks for.
    public StrategyChoice strategy() {
        return strategy;
    }
}
