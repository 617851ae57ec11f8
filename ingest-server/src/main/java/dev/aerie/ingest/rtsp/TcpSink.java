package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.rtp.PacketizedUnit;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/// Packets interleaved into the reader's RTSP connection.
///
/// Writes without a promise each: what is queued is read from the channel's own outbound buffer.
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: failures reach the connection's handler.
final class TcpSink implements PacketSink {

    private static final int FRAME_HEADER_BYTES = 4;

    private final Channel channel;
    private final TransportHeader.Tcp channels;
    private long writtenUnits;

    TcpSink(Channel channel, TransportHeader.Tcp channels) {
        this.channel = channel;
        this.channels = channels;
    }

    @Override
    public void write(PacketizedUnit unit) {
        send(unit.framed(channels.rtpChannel()));
    }

    @Override
    public void writeReport(ByteBuf rtcp) {
        send(framed(channel, channels.rtcpChannel(), rtcp));
    }

    /// A copy behind its `$` frame header.
    static ByteBuf framed(Channel channel, int number, ByteBuf rtcp) {
        int size = rtcp.readableBytes();
        return channel.alloc()
                .directBuffer(FRAME_HEADER_BYTES + size)
                .writeByte('$')
                .writeByte(number)
                .writeShort(size)
                .writeBytes(rtcp, rtcp.readerIndex(), size);
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public long queuedBytes() {
        var outbound = channel.unsafe().outboundBuffer();
        return outbound == null ? 0 : outbound.totalPendingWriteBytes();
    }

    @Override
    public int queuedUnits() {
        var outbound = channel.unsafe().outboundBuffer();
        return outbound == null ? 0 : outbound.size();
    }

    @Override
    public long takenUnits() {
        return writtenUnits - queuedUnits();
    }

    @Override
    public String transport() {
        return "tcp";
    }

    @Override
    public void close() {
        // The channel is the connection's.
    }

    private void send(ByteBuf bytes) {
        writtenUnits++;
        channel.write(bytes, channel.voidPromise());
    }
}
