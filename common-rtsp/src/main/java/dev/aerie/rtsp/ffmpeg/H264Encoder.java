package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.global.swscale.*;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.AccessUnitAssembler;
import dev.aerie.video.AccessUnitBoundary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerPointer;

/// Frames in, access units out, one for one and at once: OpenH264 without B-frames and without look-ahead.
///
/// Owns its native memory. Not thread-safe.
public final class H264Encoder implements AutoCloseable {

    private static final int TICKS_PER_SECOND = 90_000;
    private static final int MAX_UNIT_BYTES = 16 << 20;

    private final EncoderSettings settings;
    private final AVCodecContext codec;
    private final AVFrame frame;
    private final AVPacket packet;
    private final SwsContext fromBgr;
    private final AccessUnitAssembler assembler;
    private boolean idrRequested;
    private boolean closed;

    /// Throws [IOException] if OpenH264 is missing or refuses the settings.
    @MustBeClosed
    public H264Encoder(EncoderSettings settings) throws IOException {
        this.settings = settings;
        this.assembler = new AccessUnitAssembler("encoder", MAX_UNIT_BYTES, AccessUnitBoundary.CHUNK_END);
        this.codec = openCodec(settings);
        this.frame = av_frame_alloc();
        this.packet = av_packet_alloc();
        var size = settings.size();
        this.fromBgr = sws_getContext(
                size.widthPixels(),
                size.heightPixels(),
                AV_PIX_FMT_BGR24,
                size.widthPixels(),
                size.heightPixels(),
                AV_PIX_FMT_YUV420P,
                SWS_BILINEAR,
                null,
                null,
                (DoublePointer) null);
        frame.format(AV_PIX_FMT_YUV420P).width(size.widthPixels()).height(size.heightPixels());
        int allocated = av_frame_get_buffer(frame, 0);
        if (allocated < 0) {
            close();
            Ffmpeg.check(allocated, "frame of " + size);
        }
    }

    /// The next frame is an IDR frame.
    public void requestIdr() {
        idrRequested = true;
    }

    /// Encodes blue, green, red, 8 bits each; `bgr` is a direct buffer, read from its position, rows `strideBytes`
    /// apart.
    public AccessUnit encodeBgr(ByteBuffer bgr, int strideBytes, long ptsTicks90k) throws IOException {
        int height = settings.size().heightPixels();
        requireBytes(bgr, (height - 1L) * strideBytes + settings.size().widthPixels() * 3L);
        makeWritable();
        try (var address = new BytePointer(bgr);
                var planes = new PointerPointer<BytePointer>(4).put(0, address);
                var strides = new org.bytedeco.javacpp.IntPointer(strideBytes, 0, 0, 0)) {
            Ffmpeg.check(
                    sws_scale(fromBgr, planes, strides, 0, height, frame.data(), frame.linesize()),
                    "conversion from BGR");
        }
        return encode(ptsTicks90k);
    }

    /// Encodes planar YUV 4:2:0: all of Y, then U, then V, rows without gaps; `i420` is a direct buffer, read from
    /// its position.
    public AccessUnit encodeI420(ByteBuffer i420, long ptsTicks90k) throws IOException {
        int width = settings.size().widthPixels();
        int height = settings.size().heightPixels();
        requireBytes(i420, width * (long) height * 3 / 2);
        makeWritable();
        int from = copyPlane(i420, i420.position(), 0, width, height);
        from = copyPlane(i420, from, 1, width / 2, height / 2);
        copyPlane(i420, from, 2, width / 2, height / 2);
        return encode(ptsTicks90k);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            sws_freeContext(fromBgr);
            av_packet_free(packet);
            av_frame_free(frame);
            avcodec_free_context(codec);
        }
    }

    private void makeWritable() throws IOException {
        if (closed) {
            throw new IllegalStateException("encoder is closed");
        }
        Ffmpeg.check(av_frame_make_writable(frame), "encoder's frame");
    }

    private int copyPlane(ByteBuffer source, int from, int plane, int width, int height) {
        int stride = frame.linesize(plane);
        var target = frame.data(plane).capacity((long) stride * height).asByteBuffer();
        for (int row = 0; row < height; row++) {
            target.put(row * stride, source, from + row * width, width);
        }
        return from + width * height;
    }

    private AccessUnit encode(long ptsTicks90k) throws IOException {
        frame.pts(ptsTicks90k);
        frame.pict_type(idrRequested ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
        idrRequested = false;
        Ffmpeg.check(avcodec_send_frame(codec, frame), "encoding");
        Ffmpeg.check(avcodec_receive_packet(codec, packet), "encoding");
        try {
            var bytes = packet.data().capacity(packet.size()).asByteBuffer();
            List<AccessUnit> units = assembler.push(bytes, ptsTicks90k);
            if (units.size() != 1) {
                throw new IOException("OpenH264 made " + units.size() + " access units of one frame");
            }
            return units.getFirst();
        } finally {
            av_packet_unref(packet);
        }
    }

    private static void requireBytes(ByteBuffer pixels, long bytes) {
        if (!pixels.isDirect() || pixels.remaining() < bytes) {
            throw new IllegalArgumentException("want a direct buffer of " + bytes + " bytes, was "
                    + (pixels.isDirect() ? "direct, " : "on the heap, ") + pixels.remaining());
        }
    }

    private static AVCodecContext openCodec(EncoderSettings settings) throws IOException {
        var encoder = Ffmpeg.require(avcodec_find_encoder_by_name("libopenh264"), "encoder libopenh264");
        var codec = Ffmpeg.require(avcodec_alloc_context3(encoder), "encoder libopenh264");
        codec.width(settings.size().widthPixels()).height(settings.size().heightPixels());
        codec.pix_fmt(AV_PIX_FMT_YUV420P);
        codec.time_base(av_make_q(1, TICKS_PER_SECOND));
        codec.framerate(av_d2q(settings.framesPerSecond(), 1001_000));
        codec.bit_rate(settings.bitsPerSecond())
                .gop_size(settings.framesPerIdr())
                .max_b_frames(0);
        codec.thread_count(1).slices(1);
        var options = new AVDictionary(null);
        av_dict_set(options, "profile", "constrained_baseline", 0);
        av_dict_set(options, "allow_skip_frames", "0", 0);
        av_dict_set(options, "loopfilter", settings.isDeblocked() ? "1" : "0", 0);
        int opened = avcodec_open2(codec, encoder, options);
        av_dict_free(options);
        if (opened < 0) {
            avcodec_free_context(codec);
            Ffmpeg.check(opened, "OpenH264 with " + settings);
        }
        return codec;
    }
}
