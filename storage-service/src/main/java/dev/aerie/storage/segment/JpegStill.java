package dev.aerie.storage.segment;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.global.swscale.*;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoCodec;
import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;

/// Makes a JPEG of one IDR frame. Decoder, converter and encoder are created and freed for each snapshot, so that no
/// memory is held in between.
final class JpegStill {

    /// Quality on FFmpeg's scale from 1 (best) to 31.
    private static final int QUALITY = 4;

    private JpegStill() {}

    /// The complete JPEG file; throws [IOException] for a frame that cannot be decoded alone.
    static byte[] of(AccessUnit idr) throws IOException {
        try (var image = new Frame();
                var full = new Frame()) {
            decode(idr, image.frame);
            convert(image.frame, full.frame);
            return encode(full.frame);
        }
    }

    private static final class Frame implements AutoCloseable {
        private final AVFrame frame = av_frame_alloc();

        @Override
        public void close() {
            av_frame_free(frame);
        }
    }

    private static void decode(AccessUnit idr, AVFrame image) throws IOException {
        var codec = require(avcodec_find_decoder(idOf(idr.codec())), "decoder");
        var context = require(avcodec_alloc_context3(codec), "decoder");
        var packet = av_packet_alloc();
        try {
            context.thread_count(1);
            context.max_pixels(FrameSize.MAX_CODED_PIXELS);
            open(context, codec);
            check(av_new_packet(packet, idr.sizeBytes()), "packet");
            packet.data().capacity(idr.sizeBytes()).asByteBuffer().put(idr.annexB());
            check(avcodec_send_packet(context, packet), "decoding");
            check(avcodec_send_packet(context, null), "decoding");
            check(avcodec_receive_frame(context, image), "decoding");
        } finally {
            av_packet_free(packet);
            avcodec_free_context(context);
        }
    }

    private static int idOf(VideoCodec codec) {
        return switch (codec) {
            case H264 -> AV_CODEC_ID_H264;
            case H265 -> AV_CODEC_ID_HEVC;
        };
    }

    /// Converts to the full value range of JPEG.
    private static void convert(AVFrame image, AVFrame full) throws IOException {
        full.format(AV_PIX_FMT_YUVJ420P);
        full.width(image.width());
        full.height(image.height());
        check(av_frame_get_buffer(full, 0), "frame");
        SwsContext scaler = require(
                sws_getContext(
                        image.width(),
                        image.height(),
                        image.format(),
                        full.width(),
                        full.height(),
                        AV_PIX_FMT_YUVJ420P,
                        SWS_POINT,
                        null,
                        null,
                        (DoublePointer) null),
                "converter");
        try {
            check(sws_scale_frame(scaler, full, image), "conversion");
        } finally {
            sws_freeContext(scaler);
        }
    }

    private static byte[] encode(AVFrame full) throws IOException {
        var codec = require(avcodec_find_encoder(AV_CODEC_ID_MJPEG), "JPEG encoder");
        var context = require(avcodec_alloc_context3(codec), "JPEG encoder");
        var packet = av_packet_alloc();
        try {
            context.width(full.width());
            context.height(full.height());
            context.pix_fmt(AV_PIX_FMT_YUVJ420P);
            context.color_range(AVCOL_RANGE_JPEG);
            context.time_base(av_make_q(1, 1));
            context.thread_count(1);
            context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
            context.global_quality(QUALITY * FF_QP2LAMBDA);
            open(context, codec);
            full.quality(QUALITY * FF_QP2LAMBDA);
            check(avcodec_send_frame(context, full), "encoding");
            check(avcodec_receive_packet(context, packet), "encoding");
            var jpeg = new byte[packet.size()];
            packet.data().capacity(jpeg.length).asByteBuffer().get(jpeg);
            return jpeg;
        } finally {
            av_packet_free(packet);
            avcodec_free_context(context);
        }
    }

    private static void open(AVCodecContext context, AVCodec codec) throws IOException {
        check(avcodec_open2(context, codec, (AVDictionary) null), "codec");
    }

    private static <P extends Pointer> P require(P handle, String what) throws IOException {
        if (handle == null || handle.isNull()) {
            throw new IOException("snapshot: no " + what);
        }
        return handle;
    }

    private static void check(int code, String what) throws IOException {
        if (code < 0) {
            throw new IOException("snapshot: " + what + " failed with " + code);
        }
    }
}
