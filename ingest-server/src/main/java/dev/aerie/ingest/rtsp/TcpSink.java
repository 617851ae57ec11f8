package dev.aerie.ingest.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/// Packets interleaved into the reader's RTSP connection.
///
/// Writes without a promise each: what is queued is read from the channel's own outbound buffer.
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: failures reach the connection's handler.
final class TcpSink extends InterleavedSink {

    private long writtenUnits;

    TcpSink(Channel channel, TransportHeader.Tcp channels) {
        super(channel, channels);
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
    protected void send(ByteBuf bytes) {
        writtenUnits++;
        channel.write(bytes, channel.voidPromise());
    }
}
