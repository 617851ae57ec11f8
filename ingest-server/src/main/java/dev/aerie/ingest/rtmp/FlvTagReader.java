package dev.aerie.ingest.rtmp;

import dev.aerie.video.VideoCodec;
import java.nio.ByteBuffer;

/// Reads the head of a video message.
final class FlvTagReader {

    private static final int BY_FOURCC = 0x80;
    private static final int COMMAND_FRAME = 5;
    private static final int AVC = 7;
    private static final int AVC1 = 0x61766331;
    private static final int HVC1 = 0x68766331;
    private static final int TIME_BYTES = 3;

    private static final int SEQUENCE_START = 0;
    private static final int CODED_FRAMES = 1;
    private static final int CODED_FRAMES_WITHOUT_TIME = 3;

    private FlvTagReader() {}

    static FlvTag read(ByteBuffer in) throws MalformedRtmpException {
        if (!in.hasRemaining()) {
            return new FlvTag.Other();
        }
        int first = in.get() & 0xff;
        if ((first >> 4 & 7) == COMMAND_FRAME) {
            return new FlvTag.Other();
        }
        return (first & BY_FOURCC) == 0 ? plain(first & 0xf, in) : enhanced(first & 0xf, in);
    }

    private static FlvTag plain(int codecId, ByteBuffer in) throws MalformedRtmpException {
        if (codecId != AVC) {
            throw new MalformedRtmpException(
                    "video of FLV's codec " + codecId + ", want H.264 (7), or H.265 by FourCC");
        }
        require(in, 1 + TIME_BYTES);
        int packet = in.get();
        int laterMillis = signedMedium(in);
        return switch (packet) {
            case SEQUENCE_START -> new FlvTag.Configuration(VideoCodec.H264, in.slice());
            case CODED_FRAMES -> new FlvTag.Frame(VideoCodec.H264, laterMillis, in.slice());
            default -> new FlvTag.Other();
        };
    }

    private static FlvTag enhanced(int packet, ByteBuffer in) throws MalformedRtmpException {
        require(in, Integer.BYTES);
        var codec = codec(in.getInt());
        return switch (packet) {
            case SEQUENCE_START -> new FlvTag.Configuration(codec, in.slice());
            case CODED_FRAMES -> {
                require(in, TIME_BYTES);
                int laterMillis = signedMedium(in);
                yield new FlvTag.Frame(codec, laterMillis, in.slice());
            }
            case CODED_FRAMES_WITHOUT_TIME -> new FlvTag.Frame(codec, 0, in.slice());
            default -> new FlvTag.Other();
        };
    }

    private static VideoCodec codec(int fourCc) throws MalformedRtmpException {
        return switch (fourCc) {
            case AVC1 -> VideoCodec.H264;
            case HVC1 -> VideoCodec.H265;
            default ->
                throw new MalformedRtmpException(
                        "video of FourCC 0x" + Integer.toHexString(fourCc) + ", want avc1 or hvc1");
        };
    }

    private static int signedMedium(ByteBuffer in) {
        return in.get() << 16 | (in.get() & 0xff) << 8 | (in.get() & 0xff);
    }

    private static void require(ByteBuffer in, int bytes) throws MalformedRtmpException {
        if (in.remaining() < bytes) {
            throw new MalformedRtmpException("a video message of " + in.limit() + " bytes is too short");
        }
    }
}
