package dev.aerie.rtsp.ffmpeg;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/// Files, devices, and streams of other codecs: FFmpeg's packets as they are.
record DemuxerFeed(Demuxer demuxer) implements PacketFeed {

    @Override
    @MustBeClosed
    public FrameDecoder openDecoder(VideoDecoders decoders, String stream) throws IOException {
        return FrameDecoder.open(decoders, stream, demuxer.video().codecpar());
    }

    @Override
    public void read(AVPacket packet) throws IOException {
        demuxer.read(packet);
    }

    @Override
    public OptionalLong captureTimeNanos(long pts) {
        return OptionalLong.empty();
    }

    @Override
    public void abort() {
        demuxer.abort();
    }

    @Override
    public void close() {
        demuxer.close();
    }
}
