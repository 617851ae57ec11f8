package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import com.google.errorprone.annotations.MustBeClosed;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/// A file or camera of any codec as H.264: decoded and re-encoded with its own presentation times. An odd row or
/// column is cut off; a change of size begins a new sequence.
public final class Transcoder implements StreamSource<AccessUnit> {

    private static final double BITS_PER_PIXEL = 0.12;
    private static final double FALLBACK_RATE = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Demuxer demuxer;
    private final FrameDecoder decoder;
    private final AVPacket packet = av_packet_alloc();
    private final BgrConverter converter = new BgrConverter();
    private FrameSize size = new FrameSize(1, 1);
    private ByteBuffer bgr = ByteBuffer.allocateDirect(0);
    private @Nullable H264Encoder encoder;

    @GuardedBy("lock")
    private boolean closed;

    private Transcoder(Demuxer demuxer, FrameDecoder decoder) {
        this.demuxer = demuxer;
        this.decoder = decoder;
    }

    /// Throws [IOException] if it cannot be opened or decoded.
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // both go to the transcoder, which closes them
    public static Transcoder open(VideoInput input) throws IOException {
        var demuxer = Demuxer.open(input, new NativeWait());
        try {
            return new Transcoder(demuxer, FrameDecoder.open(demuxer.video().codecpar()));
        } catch (IOException e) {
            demuxer.close();
            throw e;
        }
    }

    @Override
    public AccessUnit next() throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("source is closed");
            }
            while (!decoder.next()) {
                feed();
            }
            return encode(decoder.frame());
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a running [#next], which ends within a fraction of a second.
    @Override
    public void close() {
        demuxer.abort();
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                closeEncoder();
                converter.close();
                av_packet_free(packet);
                decoder.close();
                demuxer.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private void feed() throws IOException {
        try {
            demuxer.read(packet);
        } catch (EOFException _) {
            decoder.drain();
            return;
        }
        try {
            decoder.decode(packet);
        } finally {
            av_packet_unref(packet);
        }
    }

    private AccessUnit encode(AVFrame frame) throws IOException {
        var now = new FrameSize(frame.width(), frame.height());
        var open = encoder;
        if (open == null || !now.equals(size)) {
            open = openEncoder(now);
        }
        int strideBytes = now.widthPixels() * 3;
        converter.convert(frame, now, bgr, strideBytes);
        long pts = av_rescale_q(frame.best_effort_timestamp(), demuxer.video().time_base(), av_make_q(1, 90_000));
        return open.encodeBgr(bgr, strideBytes, pts);
    }

    @SuppressWarnings("MustBeClosedChecker") // kept until closeEncoder
    private H264Encoder openEncoder(FrameSize now) throws IOException {
        closeEncoder();
        size = now;
        bgr = ByteBuffer.allocateDirect(now.widthPixels() * now.heightPixels() * 3);
        double rate = av_q2d(demuxer.video().avg_frame_rate());
        double framesPerSecond = rate > 0 && rate <= 1000 ? rate : FALLBACK_RATE;
        var even = new FrameSize(now.widthPixels() & ~1, now.heightPixels() & ~1);
        int bitsPerSecond =
                (int) Math.max(200_000, even.widthPixels() * even.heightPixels() * framesPerSecond * BITS_PER_PIXEL);
        var opened = new H264Encoder(new EncoderSettings(
                even, framesPerSecond, bitsPerSecond, (int) Math.max(1, Math.round(framesPerSecond))));
        encoder = opened;
        return opened;
    }

    private void closeEncoder() {
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
    }
}
