package dev.aerie.vision.tracker;

import dev.aerie.vision.mask.BinaryMask;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What regions that move have marked of one track.
final class MovingHistory {

    /// For which a region goes on where the last one was.
    private static final long MAX_UNMARKED_FRAMES = 3;

    private @Nullable BinaryMask now;
    private @Nullable BinaryMask last;
    private FrameTime lastMarked;
    private int frames;

    /// - `start`: of the track
    MovingHistory(FrameTime start) {
        lastMarked = start;
    }

    /// A new frame comes, in which nothing is marked yet.
    void nextFrame() {
        now = null;
    }

    /// Regions mark these pixels, and no other track, in the newest frame.
    void mark(BinaryMask pixels, FrameTime time) {
        now = pixels;
        last = pixels;
        lastMarked = time;
        frames++;
    }

    /// In the newest frame.
    Optional<BinaryMask> now() {
        return Optional.ofNullable(now);
    }

    /// Last, at most a few frames ago.
    Optional<BinaryMask> recent(FrameTime time) {
        return time.framesSince(lastMarked) <= MAX_UNMARKED_FRAMES ? Optional.ofNullable(last) : Optional.empty();
    }

    /// How many frames were marked.
    int frames() {
        return frames;
    }
}
