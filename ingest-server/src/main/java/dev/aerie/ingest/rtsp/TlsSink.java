package dev.aerie.ingest.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/// Packets interleaved into the reader's RTSP connection in TLS. What is queued is counted here, for the channel's
/// outbound buffer holds records, which are cut otherwise.
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: failures reach the connection's handler.
final class TlsSink extends InterleavedSink {

    private int queuedUnits;
    private long queuedBytes;
    private long takenUnits;

    TlsSink(Channel channel, TransportHeader.Tcp channels) {
        super(channel, channels);
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
    protected void send(ByteBuf bytes) {
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
