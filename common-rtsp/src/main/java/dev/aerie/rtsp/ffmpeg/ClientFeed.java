package dev.aerie.rtsp.ffmpeg;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.rtsp.client.TcpUnitSource;
import java.io.IOException;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/// H.264 or H.265 received by our own RTSP client.
record ClientFeed(TcpUnitSource units) implements PacketFeed {

    @Override
    @MustBeClosed
    public FrameDecoder openDecoder(VideoDecoders decoders, String stream) throws IOException {
        return FrameDecoder.open(decoders, stream, units.codec());
    }

    @Override
    public void read(AVPacket packet) throws IOException {
        Ffmpeg.fill(packet, units.next());
    }

    @Override
    public OptionalLong captureTimeNanos(long pts) {
        return units.captureTimeNanos(pts);
    }

    @Override
    public long skipped() {
        return units.skipped();
    }

    @Override
    public void abort() {
        units.close();
    }

    @Override
    public void close() {
        units.close();
    }
}
