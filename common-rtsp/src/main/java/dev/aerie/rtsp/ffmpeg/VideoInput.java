package dev.aerie.rtsp.ffmpeg;

import dev.aerie.messages.FrameId;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.video.FrameSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// An input for FFmpeg: a stream, a file, a local camera.
///
/// - `stream`: its name, as in [FrameId]
/// - `url`: may carry a password: never logged, not in [#toString]
/// - `format`: FFmpeg's name of the format if it cannot be detected from the content; else empty
/// - `options`: of the demuxer
/// - `openTimeout`, `readTimeout`: bounds of opening and of each wait for a packet
public record VideoInput(
        String stream,
        String url,
        String format,
        Map<String, String> options,
        Duration openTimeout,
        Duration readTimeout) {

    private static final Duration FILE_TIMEOUT = Duration.ofSeconds(10);

    /// Of the hundreds that FFmpeg has, those that cameras and drones write. Others turn text into video, follow
    /// addresses that stand in the file, or have been read by few.
    private static final Map<String, String> FILE_OPTIONS = Map.of(
            "format_whitelist",
            "mov,mp4,matroska,webm,mpegts,mpeg,avi,flv,h264,hevc,mjpeg,ogg",
            "protocol_whitelist",
            "file");

    /// What each kind of address is read with. Underneath, FFmpeg opens nothing but these protocols, and the content is
    /// of these formats, whatever the stream says.
    private static final Map<String, Map<String, String>> NETWORK = Map.of(
            "rtmp", Map.of("protocol_whitelist", "rtmp,tcp", "rtmp_live", "live"),
            "srt", Map.of("protocol_whitelist", "srt", "mode", "caller"),
            "http", Map.of("protocol_whitelist", "http,tcp", "max_redirects", "0", "user_agent", "aerie"),
            "tcp", Map.of("protocol_whitelist", "tcp"),
            "udp", Map.of("protocol_whitelist", "udp", "overrun_nonfatal", "1"));

    private static final String NETWORK_FORMATS = "flv,live_flv,mpegts,mov,mp4,matroska,h264,hevc";

    public VideoInput {
        FrameId.requireStreamName(stream);
        options = Map.copyOf(options);
    }

    /// An RTSP stream with as little delay as FFmpeg allows; other kinds of URL are opened without options. Throws
    /// [IllegalArgumentException] for `rtsps://`: FFmpeg's RTSP client verifies no certificate, ours
    /// ([dev.aerie.rtsp.client.TcpUnits]) does.
    public static VideoInput of(RtspConfig config) {
        boolean rtsp = config.url().startsWith("rtsp://");
        if (config.isSecure()) {
            throw new IllegalArgumentException("FFmpeg does not verify who serves rtsps://");
        }
        return new VideoInput(
                config.stream(),
                config.url(),
                rtsp ? "rtsp" : "",
                rtsp ? rtspOptions(config) : Map.of(),
                config.connectTimeout(),
                config.stallTimeout());
    }

    /// A video file, read as fast as it is asked for: MP4, MOV, Matroska, WebM, MPEG-TS and -PS, AVI, FLV, Ogg, and
    /// bare H.264, H.265 or JPEGs.
    public static VideoInput file(String stream, Path file) {
        return new VideoInput(stream, "file:" + file, "", FILE_OPTIONS, FILE_TIMEOUT, FILE_TIMEOUT);
    }

    /// A live stream by RTMP, SRT, HTTP, or MPEG-TS over TCP or UDP. Throws [IllegalArgumentException] for other
    /// schemes: FFmpeg does not verify whose certificate it is shown, so there is no `https` and no `rtmps`.
    ///
    /// - `readTimeout`: of each wait for a packet
    public static VideoInput network(String stream, String url, Duration openTimeout, Duration readTimeout) {
        var own = NETWORK.get(url.substring(0, Math.max(0, url.indexOf("://"))));
        if (own == null) {
            throw new IllegalArgumentException("only " + NETWORK.keySet() + " can be read");
        }
        var options = new TreeMap<>(own);
        options.put("format_whitelist", NETWORK_FORMATS);
        options.put("fflags", "nobuffer");
        options.put("probesize", "1000000");
        options.put("analyzeduration", "1000000");
        return new VideoInput(stream, url, "", options, openTimeout, readTimeout);
    }

    /// A camera of this machine such as `/dev/video0`, named as its [WebcamSystem] does; it may choose another size and
    /// rate than requested. Throws [IllegalArgumentException] for a name that is none.
    public static VideoInput webcam(String stream, String device, FrameSize size, double framesPerSecond) {
        return webcam(stream, WebcamSystem.here(), device, size, framesPerSecond);
    }

    static VideoInput webcam(
            String stream, WebcamSystem system, String device, FrameSize size, double framesPerSecond) {
        if (!system.accepts(device)) {
            throw new IllegalArgumentException("device must be " + system.expected());
        }
        return new VideoInput(
                stream,
                system.address(device),
                system.format(),
                system.options(size, framesPerSecond),
                FILE_TIMEOUT,
                FILE_TIMEOUT);
    }

    /// Options that avoid a frame of delay: no probing beyond the first frame, no reordering of packets on TCP.
    private static Map<String, String> rtspOptions(RtspConfig config) {
        boolean tcp = config.transport() == RtspConfig.Transport.TCP;
        var options = new TreeMap<String, String>();
        options.put("rtsp_transport", tcp ? "tcp" : "udp");
        options.put("timeout", Long.toString(config.stallTimeout().toNanos() / 1000));
        options.put("fflags", "nobuffer");
        options.put("max_delay", tcp ? "0" : "50000");
        options.put("probesize", "50000");
        options.put("analyzeduration", "100000");
        options.put("allowed_media_types", "video");
        options.put("initial_pause", "1"); // the demuxer looks at what is announced before it plays
        options.put("user_agent", "aerie");
        return options;
    }

    @Override
    public String toString() {
        return "VideoInput[stream=" + stream + "]";
    }
}
