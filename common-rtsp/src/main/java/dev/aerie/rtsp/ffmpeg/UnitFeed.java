package dev.aerie.rtsp.ffmpeg;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/// H.264 or H.265 over RTP received by FFmpeg: access units that we assemble, as their times are right then
/// (see [Demuxer#isInPieces]).
record UnitFeed(AccessUnitSource units, Demuxer demuxer) implements PacketFeed {

    @Override
    @MustBeClosed
    public FrameDecoder openDecoder(VideoDecoders decoders, String stream) throws IOException {
        return FrameDecoder.open(decoders, stream, demuxer.video().codecpar());
    }

    @Override
    public void read(AVPacket packet) throws IOException {
        Ffmpeg.fill(packet, units.next());
    }

    @Override
    public OptionalLong captureTimeNanos(long pts) {
        return demuxer.captureTimeNanos(pts);
    }

    @Override
    public void abort() {
        demuxer.abort();
    }

    @Override
    public void close() {
        units.close();
    }
}
