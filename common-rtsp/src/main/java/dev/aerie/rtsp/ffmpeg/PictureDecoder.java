package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/// Decodes on the calling thread: frame threads would add one picture of delay each. Owns its native memory.
final class PictureDecoder implements AutoCloseable {

    /// AV_FRAME_FLAG_CORRUPT, a macro that JavaCPP leaves out.
    private static final int FLAG_CORRUPT = 1;

    private final AVCodecContext codec;
    private final AVFrame picture;
    private long brokenPictures;
    private boolean drained;

    private PictureDecoder(AVCodecContext codec, AVFrame picture) {
        this.codec = codec;
        this.picture = picture;
    }

    @MustBeClosed
    static PictureDecoder open(AVCodecParameters parameters) throws IOException {
        String name = avcodec_get_name(parameters.codec_id()).getString();
        var decoder = Ffmpeg.require(avcodec_find_decoder(parameters.codec_id()), "decoder for " + name);
        var codec = Ffmpeg.require(avcodec_alloc_context3(decoder), "decoder for " + name);
        try {
            Ffmpeg.check(avcodec_parameters_to_context(codec, parameters), "decoder for " + name);
            codec.thread_count(1);
            codec.flags(codec.flags() | AV_CODEC_FLAG_LOW_DELAY);
            Ffmpeg.check(avcodec_open2(codec, decoder, (org.bytedeco.ffmpeg.avutil.AVDictionary) null), name);
            return new PictureDecoder(codec, Ffmpeg.require(av_frame_alloc(), "picture"));
        } catch (IOException e) {
            avcodec_free_context(codec);
            throw e;
        }
    }

    /// Gives the decoder a packet; one that it cannot decode is counted and forgotten.
    void decode(AVPacket packet) throws IOException {
        int code = avcodec_send_packet(codec, packet);
        if (code == Ffmpeg.NO_MEMORY) {
            Ffmpeg.check(code, "decoding");
        }
        brokenPictures += code < 0 ? 1 : 0;
    }

    /// No packet follows: the pictures still inside come out.
    void drain() {
        if (!drained) {
            drained = true;
            avcodec_send_packet(codec, null);
        }
    }

    /// Makes the next whole picture the current one; false if it takes another packet. Throws [EOFException] once
    /// drained.
    boolean next() throws IOException {
        while (true) {
            int code = avcodec_receive_frame(codec, picture);
            if (code == Ffmpeg.AGAIN) {
                return false;
            }
            if (code >= 0 && !isBroken()) {
                return true;
            }
            if (code == AVERROR_EOF || code == Ffmpeg.NO_MEMORY) {
                Ffmpeg.check(code, "decoding");
            }
            brokenPictures++;
        }
    }

    /// The current picture, lent until the next call of [#next].
    AVFrame picture() {
        return picture;
    }

    /// Pictures and packets left out because they were broken.
    long brokenPictures() {
        return brokenPictures;
    }

    @Override
    public void close() {
        av_frame_free(picture);
        avcodec_free_context(codec);
    }

    private boolean isBroken() {
        return (picture.flags() & FLAG_CORRUPT) != 0 || picture.decode_error_flags() != 0;
    }
}
