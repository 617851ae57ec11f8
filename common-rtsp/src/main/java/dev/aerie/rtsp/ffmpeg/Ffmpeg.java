package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import dev.aerie.rtsp.NoSuchStreamException;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.VideoCodec;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/// Common handling of FFmpeg calls: error codes become exceptions, and FFmpeg's own log is off, because it writes
/// URLs with their passwords.
final class Ffmpeg {

    /// `-EAGAIN`: nothing yet; it is 11 on Linux and Windows and 35 on macOS.
    static final int AGAIN = System.getProperty("os.name", "").startsWith("Mac") ? -35 : -11;

    /// `-ENOMEM`.
    static final int NO_MEMORY = -12;

    private static final int MAX_ERROR_TEXT = 128;

    static {
        quiet();
    }

    private Ffmpeg() {}

    /// For calls that write to FFmpeg's own log before anything here is used.
    static void quiet() {
        av_log_set_level(AV_LOG_QUIET);
    }

    /// Returns `code` unless it is an error; else throws [IOException] with `what` failed and FFmpeg's words for it,
    /// [EOFException] at the end of a stream, [NoSuchStreamException] for a stream that the server does not have.
    static int check(int code, String what) throws IOException {
        if (code == AVERROR_EOF) {
            throw new EOFException(what + ": end of stream");
        }
        if (code == AVERROR_HTTP_NOT_FOUND()) {
            throw new NoSuchStreamException(what + ": the server has no such stream");
        }
        if (code < 0) {
            throw new IOException(what + ": " + text(code));
        }
        return code;
    }

    /// Returns `handle` unless it is null, which means that memory or a component is missing.
    static <P extends Pointer> P require(P handle, String what) throws IOException {
        if (handle == null || handle.isNull()) {
            throw new IOException(what + " is not available");
        }
        return handle;
    }

    /// Copies a unit into the empty `packet`.
    static void fill(AVPacket packet, AccessUnit unit) throws IOException {
        check(av_new_packet(packet, unit.sizeBytes()), "packet");
        packet.data().capacity(unit.sizeBytes()).asByteBuffer().put(unit.annexB());
        packet.pts(unit.ptsTicks90k());
        packet.flags(unit.isIdr() ? AV_PKT_FLAG_KEY : 0);
    }

    /// AVCodecID.
    static int idOf(VideoCodec codec) {
        return switch (codec) {
            case H264 -> AV_CODEC_ID_H264;
            case H265 -> AV_CODEC_ID_HEVC;
        };
    }

    /// The codec of this AVCodecID; empty if it is none that is passed on as it is.
    static Optional<VideoCodec> codecOf(int id) {
        return Arrays.stream(VideoCodec.values())
                .filter(codec -> idOf(codec) == id)
                .findFirst();
    }

    /// FFmpeg's words for an error code.
    static String text(int code) {
        try (var buffer = new BytePointer(MAX_ERROR_TEXT)) {
            av_strerror(code, buffer, MAX_ERROR_TEXT);
            String padded = buffer.getString(StandardCharsets.UTF_8);
            int end = padded.indexOf('\0');
            return end < 0 ? padded : padded.substring(0, end);
        }
    }
}
