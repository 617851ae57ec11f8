package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoCodec;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/// Decodes on the calling thread: frame threads would add one frame of delay each. Owns its native memory.
final class FrameDecoder implements AutoCloseable {

    /// AV_FRAME_FLAG_CORRUPT, a macro that JavaCPP leaves out.
    private static final int FLAG_CORRUPT = 1;

    /// What cameras and drones write, of the hundreds that FFmpeg decodes.
    private static final Set<String> CODECS = Set.of(
            "h264", "hevc", "av1", "vp8", "vp9", "mpeg4", "mpeg2video", "mpeg1video", "mjpeg", "prores", "rawvideo");

    private final AVCodecContext codec;
    private final AVFrame frame;
    private long brokenFrames;
    private boolean drained;

    private FrameDecoder(AVCodecContext codec, AVFrame frame) {
        this.codec = codec;
        this.frame = frame;
    }

    /// For video whose parameter sets come in band.
    @MustBeClosed
    static FrameDecoder open(VideoCodec codec) throws IOException {
        var parameters = Ffmpeg.require(avcodec_parameters_alloc(), "decoder for " + codec.title());
        try {
            return open(parameters.codec_type(AVMEDIA_TYPE_VIDEO).codec_id(Ffmpeg.idOf(codec)));
        } finally {
            avcodec_parameters_free(parameters);
        }
    }

    @MustBeClosed
    static FrameDecoder open(AVCodecParameters parameters) throws IOException {
        String name = avcodec_get_name(parameters.codec_id()).getString();
        if (!CODECS.contains(name)) {
            throw new IOException("video is " + name + ", decoded are " + String.join(", ", new TreeSet<>(CODECS)));
        }
        var decoder = Ffmpeg.require(avcodec_find_decoder(parameters.codec_id()), "decoder for " + name);
        var codec = Ffmpeg.require(avcodec_alloc_context3(decoder), "decoder for " + name);
        try {
            Ffmpeg.check(avcodec_parameters_to_context(codec, parameters), "decoder for " + name);
            codec.thread_count(1);
            codec.max_pixels(FrameSize.MAX_CODED_PIXELS);
            codec.flags(codec.flags() | AV_CODEC_FLAG_LOW_DELAY);
            Ffmpeg.check(avcodec_open2(codec, decoder, (org.bytedeco.ffmpeg.avutil.AVDictionary) null), name);
            return new FrameDecoder(codec, Ffmpeg.require(av_frame_alloc(), "frame"));
        } catch (IOException e) {
            avcodec_free_context(codec);
            throw e;
        }
    }

    /// Sends the decoder a packet; an undecodable one is counted and dropped.
    void decode(AVPacket packet) throws IOException {
        int code = avcodec_send_packet(codec, packet);
        if (code == Ffmpeg.NO_MEMORY) {
            Ffmpeg.check(code, "decoding");
        }
        brokenFrames += code < 0 ? 1 : 0;
    }

    /// Starts draining: no packet follows.
    void drain() {
        if (!drained) {
            drained = true;
            avcodec_send_packet(codec, null);
        }
    }

    /// Makes the next whole frame the current one; false if another packet is needed. Throws [EOFException] once
    /// drained.
    boolean next() throws IOException {
        while (true) {
            int code = avcodec_receive_frame(codec, frame);
            if (code == Ffmpeg.AGAIN) {
                return false;
            }
            if (code >= 0 && !isBroken()) {
                return true;
            }
            if (code == AVERROR_EOF || code == Ffmpeg.NO_MEMORY) {
                Ffmpeg.check(code, "decoding");
            }
            brokenFrames++;
        }
    }

    /// The current frame, lent until the next call of [#next].
    AVFrame frame() {
        return frame;
    }

    /// Frames and packets dropped because they were damaged.
    long brokenFrames() {
        return brokenFrames;
    }

    @Override
    public void close() {
        av_frame_free(frame);
        avcodec_free_context(codec);
    }

    private boolean isBroken() {
        return (frame.flags() & FLAG_CORRUPT) != 0 || frame.decode_error_flags() != 0;
    }
}
