package dev.aerie.frames.testing;

import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.VideoFrame;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A stream whose pictures a test hands in one by one; between them the reader waits.
public final class ScriptedSource implements StreamSource.Opener<VideoFrame> {

    private static final long SILENCE_SECONDS = 20;

    private final BlockingQueue<VideoFrame> frames = new LinkedBlockingQueue<>();

    public void give(VideoFrame frame) {
        frames.add(frame);
    }

    @Override
    public StreamSource<VideoFrame> open() {
        return new StreamSource<>() {
            @Override
            public VideoFrame next() throws IOException {
                try {
                    VideoFrame frame = frames.poll(SILENCE_SECONDS, TimeUnit.SECONDS);
                    if (frame == null) {
                        throw new IOException("the script is over");
                    }
                    return frame;
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
