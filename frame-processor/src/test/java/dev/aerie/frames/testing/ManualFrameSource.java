package dev.aerie.frames.testing;

import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.VideoFrame;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A stream whose frames a test hands in one by one; between them the reader waits.
public final class ManualFrameSource implements StreamSource.Opener<VideoFrame> {

    private static final long SILENCE_SECONDS = 20;
    private static final long POLL_MILLIS = 20;

    private final BlockingQueue<VideoFrame> frames = new LinkedBlockingQueue<>();
    private final AtomicInteger broken = new AtomicInteger();
    private volatile @Nullable IOException failure;

    /// From now on nothing can be opened, and the connection that is open breaks.
    public void fail(IOException reason) {
        failure = reason;
        broken.incrementAndGet();
    }

    /// Takes that back.
    public void heal() {
        failure = null;
    }

    public void give(VideoFrame frame) {
        frames.add(frame);
    }

    @Override
    public StreamSource<VideoFrame> open() throws IOException {
        IOException refusal = failure;
        if (refusal != null) {
            throw refusal;
        }
        int brokenBefore = broken.get();
        return new StreamSource<>() {
            @Override
            public VideoFrame next() throws IOException {
                try {
                    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SILENCE_SECONDS);
                    while (System.nanoTime() < deadline) {
                        if (broken.get() != brokenBefore) {
                            throw new IOException("the connection broke");
                        }
                        VideoFrame frame = frames.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                        if (frame != null) {
                            return frame;
                        }
                    }
                    throw new IOException("the script is over");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
            }

            @Override
            public void close() {}
        };
    }
}
