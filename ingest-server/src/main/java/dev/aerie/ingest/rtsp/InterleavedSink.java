package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.rtp.PacketizedUnit;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/// Packets interleaved into the reader's RTSP connection, which is not this sink's to close.
abstract sealed class InterleavedSink implements PacketSink permits TcpSink, TlsSink {

    private static final int FRAME_HEADER_BYTES = 4;

    protected final Channel channel;
    private final TransportHeader.Tcp channels;

    protected InterleavedSink(Channel channel, TransportHeader.Tcp channels) {
        this.channel = channel;
        this.channels = channels;
    }

    @Override
    public final void write(PacketizedUnit unit) {
        send(unit.framed(channels.rtpChannel()));
    }

    /// Sends a copy behind its `$` frame header.
    @Override
    public final void writeReport(ByteBuf rtcp) {
        int size = rtcp.readableBytes();
        send(channel.alloc()
                .directBuffer(FRAME_HEADER_BYTES + size)
                .writeByte('$')
                .writeByte(channels.rtcpChannel())
                .writeShort(size)
                .writeBytes(rtcp, rtcp.readerIndex(), size));
    }

    @Override
    public final void flush() {
        channel.flush();
    }

    @Override
    public final void close() {
        // The channel is the connection's.
    }

    /// Writes without flushing; takes the bytes over.
    protected abstract void send(ByteBuf bytes);
}
