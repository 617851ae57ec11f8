package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.*;

import com.google.errorprone.annotations.MustBeClosed;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.rtsp.LocalSession;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.FramePool;
import dev.aerie.video.FrameSize;
import dev.aerie.video.PooledFrame;
import dev.aerie.video.VideoFrame;
import java.io.EOFException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/// One open input: packets in, pooled frames out, all on the calling thread.
final class FfmpegFrameSource implements StreamSource<VideoFrame> {

    private final ReentrantLock lock = new ReentrantLock();
    private final PacketFeed feed;
    private final FrameDecoder decoder;
    private final AVPacket packet;
    private final BgrConverter converter = new BgrConverter();
    private final FrameStamper stamper;
    private final FramePool pool;
    private volatile long skipped;
    private long nameless;
    private long decodeNanos;

    @GuardedBy("lock")
    private @Nullable PooledFrame lent;

    @GuardedBy("lock")
    private boolean closed;

    private FfmpegFrameSource(PacketFeed feed, FrameDecoder decoder, FrameStamper stamper, int frames) {
        this.feed = feed;
        this.decoder = decoder;
        this.packet = av_packet_alloc();
        this.stamper = stamper;
        this.pool = new FramePool(frames);
    }

    /// Takes `feed` over, also where it throws. The others are as in [FfmpegFrames].
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // both go to the source, which closes them
    static FfmpegFrameSource open(
            PacketFeed feed, String stream, int frames, InstantSource clock, LocalSession local, VideoDecoders decoders)
            throws IOException {
        try {
            var stamper = new FrameStamper(stream, clock, local);
            return new FfmpegFrameSource(feed, feed.openDecoder(decoders, stream), stamper, frames);
        } catch (IOException e) {
            feed.close();
            throw e;
        }
    }

    @Override
    public VideoFrame next() throws IOException {
        lock.lock();
        try {
            requireOpen();
            giveBackLent();
            while (true) {
                decodeOne();
                var frame = converted();
                skipped = feed.skipped() + decoder.brokenFrames() + pool.refusals() + nameless;
                if (frame.isPresent()) {
                    lent = frame.get();
                    return lent;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long skipped() {
        return skipped;
    }

    /// Waits for a running [#next], which ends within a fraction of a second.
    @Override
    public void close() {
        feed.abort();
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                giveBackLent();
                pool.close();
                converter.close();
                av_packet_free(packet);
                decoder.close();
                feed.close();
            }
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("source is closed");
        }
    }

    @GuardedBy("lock")
    private void giveBackLent() {
        if (lent != null) {
            lent.release();
            lent = null;
        }
    }

    /// Reads and decodes until there is a frame.
    private void decodeOne() throws IOException {
        decodeNanos = 0;
        long begin = System.nanoTime();
        while (!decoder.next()) {
            decodeNanos += System.nanoTime() - begin;
            feed();
            begin = System.nanoTime();
        }
        decodeNanos += System.nanoTime() - begin;
    }

    private void feed() throws IOException {
        try {
            feed.read(packet);
        } catch (EOFException _) {
            decoder.drain();
            return;
        }
        long begin = System.nanoTime();
        try {
            decoder.decode(packet);
        } finally {
            av_packet_unref(packet);
        }
        decodeNanos += System.nanoTime() - begin;
    }

    /// The current frame in memory from the pool; empty if none is free or the frame has lost its identity.
    private Optional<PooledFrame> converted() throws IOException {
        long begin = System.nanoTime();
        var frame = decoder.frame();
        var size = new FrameSize(frame.width(), frame.height());
        var stamp = stamper.stamp(frame, feed.captureTimeNanos(frame.pts()));
        if (stamp.isEmpty()) {
            nameless++;
            return Optional.empty();
        }
        var pooled = pool.take(size);
        if (pooled.isPresent()) {
            converter.convert(frame, size, pooled.get().bgr(), pooled.get().strideBytes());
            long now = System.nanoTime();
            pooled.get().describe(stamp.get(), decodeNanos + now - begin, now);
        }
        return pooled;
    }
}
