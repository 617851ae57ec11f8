package dev.aerie.vision.tracker;

import dev.aerie.video.HeapFrame;
import dev.aerie.video.VideoFrame;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Copies of the last processed frames of a stream: a click refers to a frame that is some frames old when it arrives.
/// Holds a fixed number; the newest copy reuses the memory of the oldest.
///
/// Used by one thread.
final class FrameBuffer {

    private static final ByteBuffer NONE = ByteBuffer.allocateDirect(0);

    private final int max;
    private final ArrayDeque<HeapFrame> frames = new ArrayDeque<>();

    FrameBuffer(int max) {
        this.max = max;
    }

    void add(VideoFrame frame) {
        ByteBuffer memory = frames.size() == max ? frames.removeFirst().bgr() : NONE;
        frames.addLast(HeapFrame.copyOf(frame, memory));
    }

    void clear() {
        frames.clear();
    }

    @Nullable
    VideoFrame newest() {
        return frames.peekLast();
    }

    /// The frame with this number, or the nearest one where it was skipped; empty where it is older than all that
    /// are kept.
    Optional<VideoFrame> find(long frameNumber) {
        if (frames.isEmpty() || frameNumber < number(frames.getFirst())) {
            return Optional.empty();
        }
        return frames.stream()
                .min(Comparator.comparingLong(copy -> Math.abs(number(copy) - frameNumber)))
                .map(VideoFrame.class::cast);
    }

    long bytes() {
        return frames.stream().mapToLong(copy -> copy.bgr().capacity()).sum();
    }

    private static long number(VideoFrame frame) {
        return frame.stamp().id().frameNumber();
    }
}
