package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;

import java.io.IOException;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/// H.264 over RTP: access units that we put together, for their times are right (see [Demuxer#isInPieces]).
record UnitFeed(AccessUnitSource units, Demuxer demuxer) implements PacketFeed {

    @Override
    public AVCodecParameters parameters() {
        return demuxer.video().codecpar();
    }

    @Override
    public void read(AVPacket packet) throws IOException {
        var unit = units.next();
        Ffmpeg.check(av_new_packet(packet, unit.sizeBytes()), "packet");
        packet.data().capacity(unit.sizeBytes()).asByteBuffer().put(unit.annexB());
        packet.pts(unit.ptsTicks90k());
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
