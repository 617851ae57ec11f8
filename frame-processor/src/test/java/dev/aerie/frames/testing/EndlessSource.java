package dev.aerie.frames.testing;

import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.VideoFrame;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/// A stream that never ends: frames by number, some milliseconds apart. A connection that is opened again goes on
/// where the last one stopped.
public final class EndlessSource implements StreamSource.Opener<VideoFrame> {

    private static final long PERIOD_MILLIS = 10;

    private final LongFunction<VideoFrame> frames;
    private final AtomicLong next = new AtomicLong();

    public EndlessSource(LongFunction<VideoFrame> frames) {
        this.frames = frames;
    }

    @Override
    public StreamSource<VideoFrame> open() {
        return new StreamSource<>() {
            @Override
            public VideoFrame next() throws IOException {
                try {
                    TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
                return frames.apply(next.getAndIncrement());
            }

            @Override
            public void close() {}
        };
    }
}
