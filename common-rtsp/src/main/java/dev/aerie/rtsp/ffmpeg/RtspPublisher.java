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
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;

/// Publishes H.264 or H.265 to an RTSP server by FFmpeg (ANNOUNCE, RECORD, RTP interleaved in TCP). The frame-processor
/// sends
/// its annotated video with it. Our own client ([dev.aerie.rtsp.client]) plays only: publishing with it would need a
/// second RTP packetizer, because the relay's writes into Netty's buffers and lies in the ingest-server.
/// `docs/adr/0008-own-rtsp-client.md` has the reasons.
///
/// Every call is bounded in time. Owns native memory until [#close]. Used by one thread.
public final class RtspPublisher implements AutoCloseable {

    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);
    private static final int TICKS_PER_SECOND = 90_000;
    private static final byte[] START_CODE = {0, 0, 0, 1};

    private final NativeWait wait = new NativeWait();
    private final AVFormatContext context;
    private final AVStream video;
    private final AVPacket packet;
    private boolean announced;
    private boolean closed;

    private RtspPublisher(AVFormatContext context, AVStream video) {
        this.context = context;
        this.video = video;
        this.packet = av_packet_alloc();
    }

    /// Connects and announces the stream. `first` describes the video and is not sent: [#send] may begin with it.
    ///
    /// - `url`: `rtsp://user:password@host:port/stream`; never logged
    /// - `first`: an IDR frame with its parameter sets
    /// - throws [IOException] where the server does not answer in time or refuses, and for `rtsps://`
    @MustBeClosed
    public static RtspPublisher open(String url, FrameSize size, AccessUnit first) throws IOException {
        if (url.startsWith("rtsps://")) {
            throw new IOException("FFmpeg, which publishes, does not verify who serves rtsps://");
        }
        var context = new AVFormatContext(null);
        Ffmpeg.check(avformat_alloc_output_context2(context, null, "rtsp", url), "RTSP muxer");
        context.interrupt_callback().callback(NativeWait.CALLBACK);
        var stream = avformat_new_stream(context, null);
        var publisher = new RtspPublisher(context, stream);
        try {
            publisher.describe(size, first);
            publisher.announce();
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
            packet.pts(unit.ptsTicks90k()).dts(unit.ptsTicks90k());
            packet.flags(unit.isIdr() ? AV_PKT_FLAG_KEY : 0);
            av_packet_rescale_ts(packet, av_make_q(1, TICKS_PER_SECOND), video.time_base());
            Ffmpeg.check(
                    wait.within(SEND_TIMEOUT.toNanos(), () -> av_write_frame(context, packet)), "publishing by RTSP");
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
    }

    private void announce() throws IOException {
        var options = new AVDictionary(null);
        av_dict_set(options, "rtsp_transport", "tcp", 0);
        try {
            int code = wait.within(OPEN_TIMEOUT.toNanos(), () -> avformat_write_header(context, options));
            Ffmpeg.check(code, "announcing by RTSP");
            announced = true;
        } finally {
            av_dict_free(options);
        }
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
