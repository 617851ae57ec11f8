package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import com.google.errorprone.annotations.MustBeClosed;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.AccessUnit;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/// A file or camera of any codec as H.264: decoded and re-encoded with its own presentation times. An odd row or
/// column is cut off; a change of size begins a new sequence.
public final class Transcoder implements StreamSource<AccessUnit> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Demuxer demuxer;
    private final FrameDecoder decoder;
    private final AVPacket packet = av_packet_alloc();
    private final FrameEncoder encoder = new FrameEncoder();

    @GuardedBy("lock")
    private boolean closed;

    private Transcoder(Demuxer demuxer, FrameDecoder decoder) {
        this.demuxer = demuxer;
        this.decoder = decoder;
    }

    /// Throws [IOException] if it cannot be opened or decoded.
    @MustBeClosed
    public static Transcoder open(VideoInput input) throws IOException {
        return open(input, VideoDecoders.SOFTWARE);
    }

    /// As [#open(VideoInput)].
    ///
    /// - `decoders`: whose device decodes, not closed here
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // both go to the transcoder, which closes them
    public static Transcoder open(VideoInput input, VideoDecoders decoders) throws IOException {
        var demuxer = Demuxer.open(input, new NativeWait());
        try {
            return new Transcoder(
                    demuxer,
                    FrameDecoder.open(decoders, input.stream(), demuxer.video().codecpar()));
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
                encoder.close();
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
        long pts = av_rescale_q(frame.best_effort_timestamp(), demuxer.video().time_base(), av_make_q(1, 90_000));
        return encoder.encode(frame, pts, av_q2d(demuxer.video().avg_frame_rate()));
    }
}
