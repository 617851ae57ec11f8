package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_PRFT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.messages.TimeBounds;
import dev.aerie.video.StreamTime;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.jspecify.annotations.Nullable;

/// An open input and its first video stream. Owns FFmpeg's context. Used by one thread; [#abort] by any.
final class Demuxer implements AutoCloseable {

    /// AVFMT_FLAG_NOPARSE, a macro that JavaCPP leaves out.
    private static final int FLAG_NO_PARSE = 0x20;

    private static final long CLOSE_NANOS = 500_000_000L;
    private static final long NANOS_PER_MICRO = 1000;
    private static final long FARTHEST_MICROS = Long.MAX_VALUE / NANOS_PER_MICRO;

    private final VideoInput input;
    private final NativeWait wait;
    private final AVFormatContext context;
    private final AVStream video;
    private final boolean inPieces;

    /// Made once: every native object costs more than reading a packet does.
    private final AVRational timeBase;

    private final AVRational ticks90k = av_make_q(1, 90_000);
    private final SizeTPointer sideDataBytes = new SizeTPointer(1);
    private OptionalLong captureMinusPtsNanos = OptionalLong.empty();
    private long ptsTicks90k;

    private Demuxer(VideoInput input, NativeWait wait, AVFormatContext context, AVStream video, boolean inPieces) {
        this.inPieces = inPieces;
        this.input = input;
        this.wait = wait;
        this.context = context;
        this.video = video;
        this.timeBase = video.time_base();
    }

    /// Throws [IOException] if nobody answers in time, there is no such file, or no video in it.
    @MustBeClosed
    static Demuxer open(VideoInput input, NativeWait wait) throws IOException {
        var context = Ffmpeg.require(avformat_alloc_context(), "demuxer");
        context.interrupt_callback().callback(NativeWait.CALLBACK);
        var options = new AVDictionary(null);
        input.options().forEach((name, value) -> av_dict_set(options, name, value, 0));
        try {
            var format = format(input);
            long limit = input.openTimeout().toNanos();
            // Frees the context itself where it fails.
            check(
                    wait,
                    wait.within(limit, () -> avformat_open_input(context, input.url(), format, options)),
                    "opening");
            refuseRedirect(input, context);
            play(input, wait, context);
            return withVideo(input, wait, context);
        } finally {
            av_dict_free(options);
        }
    }

    /// Reads the next packet of the video stream; the packet must be empty. Throws [java.io.EOFException] at the
    /// end.
    void read(AVPacket packet) throws IOException {
        while (true) {
            int code = wait.within(input.readTimeout().toNanos(), () -> av_read_frame(context, packet));
            check(wait, code, "reading");
            if (packet.stream_index() == video.index()) {
                advanceTime(packet);
                return;
            }
            av_packet_unref(packet);
        }
    }

    AVStream video() {
        return video;
    }

    /// Presentation time of the packet read last.
    long ptsTicks90k() {
        return ptsTicks90k;
    }

    /// Whether packets are pieces of access units, cut as RTP cut them, each with its own time. FFmpeg's parser,
    /// which would join them, hands out the sender report time of the frame behind with each frame.
    boolean isInPieces() {
        return inPieces;
    }

    /// Unix time of a frame of this connection, by the latest sender report (RFC 3550, 6.4.1); empty before the
    /// first one and where there are none. It is the camera's word: whoever takes it looks whether it can be.
    OptionalLong captureTimeNanos(long ptsTicks90k) {
        return captureMinusPtsNanos.isEmpty()
                ? captureMinusPtsNanos
                : OptionalLong.of(
                        TimeBounds.plus(captureMinusPtsNanos.getAsLong(), StreamTime.nanosFromTicks90k(ptsTicks90k)));
    }

    void abort() {
        wait.abort();
    }

    @Override
    public void close() {
        close(context);
        ticks90k.close();
        sideDataBytes.close();
    }

    private static void close(AVFormatContext context) {
        // A wait of its own: the goodbye to a server gets half a second, also after an abort or an interrupt.
        boolean interrupted = Thread.interrupted();
        int _ = new NativeWait().within(CLOSE_NANOS, () -> {
            avformat_close_input(context);
            return 0;
        });
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// FFmpeg goes where a server sends it, and cannot be told otherwise: what it has found there is not read.
    private static void refuseRedirect(VideoInput input, AVFormatContext context) throws IOException {
        if (input.format().equals("rtsp") && !context.url().getString().equals(input.url())) {
            close(context);
            throw new IOException("opening: the server redirects elsewhere, which is not followed");
        }
    }

    /// FFmpeg takes apart whatever the session description announces, AV1 and Opus in formats of their own: a server
    /// that announces what we do not read is not asked to send it.
    private static void play(VideoInput input, NativeWait wait, AVFormatContext context) throws IOException {
        if (!input.format().equals("rtsp")) {
            return;
        }
        for (int i = 0; i < context.nb_streams(); i++) {
            if (Ffmpeg.codecOf(context.streams(i).codecpar().codec_id()).isEmpty()) {
                close(context);
                throw new IOException("opening: the server announces other video than H.264 and H.265");
            }
        }
        int code = wait.within(input.openTimeout().toNanos(), () -> av_read_play(context));
        if (code < 0) {
            close(context);
        }
        check(wait, code, "opening");
    }

    private static @Nullable AVInputFormat format(VideoInput input) throws IOException {
        return input.format().isEmpty() ? null : InputFormats.OF_THIS_PROCESS.find(input.format());
    }

    @MustBeClosed
    private static Demuxer withVideo(VideoInput input, NativeWait wait, AVFormatContext context) throws IOException {
        try {
            boolean inPieces = isRtpInPieces(context);
            if (inPieces) {
                context.flags(context.flags() | FLAG_NO_PARSE);
            } else {
                long limit = input.openTimeout().toNanos();
                int found = wait.within(limit, () -> avformat_find_stream_info(context, (PointerPointer<?>) null));
                check(wait, found, "looking for video");
            }
            int index = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
            Ffmpeg.check(index, "looking for video");
            return new Demuxer(input, wait, context, context.streams(index), inPieces);
        } catch (IOException e) {
            close(context);
            throw e;
        }
    }

    /// Whether the session description has told that this is H.264 or H.265 in RTP: then its pieces are taken as they
    /// come.
    private static boolean isRtpInPieces(AVFormatContext context) {
        for (int i = 0; i < context.nb_streams(); i++) {
            if (Ffmpeg.codecOf(context.streams(i).codecpar().codec_id()).isPresent()) {
                return context.iformat().name().getString().equals("rtsp");
            }
        }
        return false;
    }

    private void advanceTime(AVPacket packet) {
        long time = packet.pts() != AV_NOPTS_VALUE ? packet.pts() : packet.dts();
        if (time != AV_NOPTS_VALUE) {
            ptsTicks90k = av_rescale_q(time, timeBase, ticks90k);
        }
        var reference = referenceTimeNanos(packet);
        if (inPieces && reference.isPresent()) {
            long ptsNanos = StreamTime.nanosFromTicks90k(ptsTicks90k);
            captureMinusPtsNanos = OptionalLong.of(TimeBounds.plus(reference.getAsLong(), -ptsNanos));
        }
    }

    /// AVProducerReferenceTime: its first field is Unix time in microseconds, int64 of the machine's byte order.
    private OptionalLong referenceTimeNanos(AVPacket packet) {
        var data = av_packet_get_side_data(packet, AV_PKT_DATA_PRFT, sideDataBytes);
        if (data == null || data.isNull()) {
            return OptionalLong.empty();
        }
        var time = data.capacity(sideDataBytes.get()).asByteBuffer().order(ByteOrder.nativeOrder());
        return OptionalLong.of(Math.clamp(time.getLong(0), -FARTHEST_MICROS, FARTHEST_MICROS) * NANOS_PER_MICRO);
    }

    private static void check(NativeWait wait, int code, String what) throws IOException {
        if (code < 0 && wait.isAborted()) {
            throw new IOException(what + ": closed");
        }
        if (code < 0 && wait.isTimedOut()) {
            throw new SocketTimeoutException(what + ": nothing came in time");
        }
        Ffmpeg.check(code, what);
    }
}
