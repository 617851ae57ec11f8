package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.NalUnit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;

/// Publishes H.264 or H.265 to another server by FFmpeg: RTSP (ANNOUNCE, RECORD, RTP interleaved in TCP), RTMP, or SRT
/// (MPEG-TS). The frame-processor sends its annotated video with it, the ingest-server streams to other servers. Our
/// own RTSP client ([dev.aerie.rtsp.client]) plays only: publishing with it would need a
/// second RTP packetizer, because the relay's writes into Netty's buffers and lies in the ingest-server.
/// `docs/adr/0008-own-rtsp-client.md` has the reasons.
///
/// Every call is bounded in time. Owns native memory until [#close]. Used by one thread.
public final class NetworkPublisher implements AutoCloseable {

    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);
    private static final int TICKS_PER_SECOND = 90_000;

    /// AVFMT_FLAG_FLUSH_PACKETS, a macro that JavaCPP leaves out.
    private static final int FLAG_FLUSH_PACKETS = 0x200;

    /// 0.2 s.
    private static final long REORDER_TICKS = 18_000;

    private static final byte[] START_CODE = {0, 0, 0, 1};

    private final NativeWait wait = new NativeWait();
    private final AVFormatContext context;
    private final AVStream video;
    private final AVPacket packet;
    private final Protocol protocol;
    private long firstTicks;
    private long reorderTicks;
    private long lastTicks = -1;
    private boolean announced;
    private boolean closed;

    /// How one kind of server is spoken to.
    ///
    /// - `format`: FFmpeg's name of it
    /// - `options`: of the protocol and of the format
    private record Protocol(String title, String format, Map<String, String> options) {

        private static final Map<String, Protocol> BY_SCHEME = Map.of(
                "rtsp", new Protocol("RTSP", "rtsp", Map.of("rtsp_transport", "tcp")),
                "rtmp",
                        new Protocol(
                                "RTMP",
                                "flv",
                                Map.of("protocol_whitelist", "rtmp,tcp", "flvflags", "no_duration_filesize")),
                "srt", new Protocol("SRT", "mpegts", Map.of("protocol_whitelist", "srt", "mode", "caller")));

        static Protocol of(String url) throws IOException {
            var found = BY_SCHEME.get(url.substring(0, Math.max(0, url.indexOf("://"))));
            if (found == null) {
                throw new IOException("FFmpeg, which publishes, does it by rtsp://, rtmp:// and srt://; it does not"
                        + " verify whose certificate it is shown");
            }
            return found;
        }

        boolean isRtsp() {
            return format.equals("rtsp");
        }
    }

    private NetworkPublisher(AVFormatContext context, AVStream video, Protocol protocol) {
        this.protocol = protocol;
        this.context = context;
        this.video = video;
        this.packet = av_packet_alloc();
    }

    /// Connects and announces the stream. `first` describes the video and is not sent: [#send] may begin with it.
    ///
    /// - `url`: `rtsp://user:password@host:port/stream`, `rtmp://host/app/key` or `srt://host:port`; never logged
    /// - `first`: an IDR frame with its parameter sets
    /// - throws [IOException] where the server does not answer in time or refuses, and for other schemes
    @MustBeClosed
    public static NetworkPublisher open(String url, FrameSize size, AccessUnit first) throws IOException {
        var protocol = Protocol.of(url);
        var context = new AVFormatContext(null);
        int made = avformat_alloc_output_context2(context, null, protocol.format(), url);
        Ffmpeg.check(made, protocol.title() + " muxer");
        context.interrupt_callback().callback(NativeWait.CALLBACK);
        var stream = avformat_new_stream(context, null);
        var publisher = new NetworkPublisher(context, stream, protocol);
        try {
            publisher.describe(size, first);
            publisher.announce(url);
            return publisher;
        } catch (IOException e) {
            publisher.close();
            throw e;
        }
    }

    /// Sends one frame. Throws [IOException] if the connection is lost, or if the server accepts no data for two
    /// seconds.
    public void send(AccessUnit unit) throws IOException {
        var bytes = unit.annexB();
        Ffmpeg.check(av_new_packet(packet, bytes.remaining()), "packet");
        try {
            packet.data().capacity(packet.size()).asByteBuffer().put(bytes);
            packet.stream_index(video.index());
            setTimes(unit.ptsTicks90k());
            packet.flags(unit.isIdr() ? AV_PKT_FLAG_KEY : 0);
            av_packet_rescale_ts(packet, av_make_q(1, TICKS_PER_SECOND), video.time_base());
            Ffmpeg.check(
                    wait.within(SEND_TIMEOUT.toNanos(), () -> av_write_frame(context, packet)),
                    "publishing by " + protocol.title());
        } finally {
            av_packet_unref(packet);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        // A separate wait: TEARDOWN gets its time even after an interrupt.
        boolean interrupted = Thread.interrupted();
        if (announced) {
            int _ = new NativeWait().within(CLOSE_TIMEOUT.toNanos(), () -> av_write_trailer(context));
        }
        if (!protocol.isRtsp() && context.pb() != null) {
            int _ = new NativeWait().within(CLOSE_TIMEOUT.toNanos(), () -> avio_closep(context.pb()));
        }
        av_packet_free(packet);
        avformat_free_context(context);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void describe(FrameSize size, AccessUnit first) throws IOException {
        byte[] sets = parameterSets(first);
        var parameters = video.codecpar();
        parameters.codec_type(AVMEDIA_TYPE_VIDEO).codec_id(Ffmpeg.idOf(first.codec()));
        parameters.width(size.widthPixels()).height(size.heightPixels());
        var extradata = new BytePointer(av_mallocz(sets.length + AV_INPUT_BUFFER_PADDING_SIZE));
        parameters.extradata(extradata.put(sets)).extradata_size(sets.length);
        video.time_base(av_make_q(1, TICKS_PER_SECOND));
        firstTicks = first.ptsTicks90k();
        if (!protocol.isRtsp()) {
            context.max_delay(0);
            context.flags(context.flags() | FLAG_FLUSH_PACKETS);
        }
    }

    /// RTSP goes by the presentation time alone. The others want times of decoding that rise: with reordered frames,
    /// which show when the first of them comes, those of presentation move back by more than anybody reorders.
    private void setTimes(long ptsTicks) {
        if (protocol.isRtsp()) {
            packet.pts(ptsTicks).dts(ptsTicks);
            return;
        }
        long ticks = ptsTicks - firstTicks;
        if (ticks <= lastTicks) {
            reorderTicks = REORDER_TICKS;
        }
        lastTicks = Math.max(lastTicks + 1, ticks);
        packet.pts(Math.max(lastTicks, ticks + reorderTicks)).dts(lastTicks);
    }

    private void announce(String url) throws IOException {
        var options = new AVDictionary(null);
        protocol.options().forEach((name, value) -> av_dict_set(options, name, value, 0));
        try {
            if (!protocol.isRtsp()) {
                connect(url, options);
            }
            int code = wait.within(OPEN_TIMEOUT.toNanos(), () -> avformat_write_header(context, options));
            Ffmpeg.check(code, "announcing by " + protocol.title());
            announced = true;
        } finally {
            av_dict_free(options);
        }
    }

    private void connect(String url, AVDictionary options) throws IOException {
        var socket = new AVIOContext(null);
        int code = wait.within(
                OPEN_TIMEOUT.toNanos(),
                () -> avio_open2(socket, url, AVIO_FLAG_WRITE, context.interrupt_callback(), options));
        Ffmpeg.check(code, "connecting by " + protocol.title());
        context.pb(socket);
    }

    private static byte[] parameterSets(AccessUnit unit) throws IOException {
        var sets = new ByteArrayOutputStream();
        for (NalUnit nal : unit.nalUnits()) {
            if (nal.kind().isParameterSet()) {
                var bytes = new byte[nal.bytes().remaining()];
                nal.bytes().get(bytes);
                sets.writeBytes(START_CODE);
                sets.writeBytes(bytes);
            }
        }
        if (sets.size() == 0) {
            throw new IOException("the first frame has no parameter sets");
        }
        return sets.toByteArray();
    }
}
