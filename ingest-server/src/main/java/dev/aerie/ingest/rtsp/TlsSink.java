package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.rtp.PacketizedUnit;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/// Packets interleaved into the reader's RTSP connection in TLS. What is queued is counted here, for the channel's
/// outbound buffer holds records, which are cut otherwise.
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: failures reach the connection's handler.
final class TlsSink implements PacketSink {

    private final Channel channel;
    private final TransportHeader.Tcp channels;
    private int queuedUnits;
    private long queuedBytes;
    private long takenUnits;

    TlsSink(Channel channel, TransportHeader.Tcp channels) {
        this.channel = channel;
        this.channels = channels;
    }

    @Override
    public void write(PacketizedUnit unit) {
        send(unit.framed(channels.rtpChannel()));
    }

    @Override
    public void writeReport(ByteBuf rtcp) {
        send(TcpSink.framed(channel, channels.rtcpChannel(), rtcp));
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public long queuedBytes() {
        return queuedBytes;
    }

    @Override
    public int queuedUnits() {
        return queuedUnits;
    }

    @Override
    public long takenUnits() {
        return takenUnits;
    }

    @Override
    public String transport() {
        return "tls";
    }

    @Override
    public void close() {
        // The channel is the connection's.
    }

    private void send(ByteBuf bytes) {
        int size = bytes.readableBytes();
        queuedUnits++;
        queuedBytes += size;
        channel.write(bytes).addListener(_ -> {
            queuedUnits--;
            queuedBytes -= size;
            takenUnits++;
        });
    }
}
