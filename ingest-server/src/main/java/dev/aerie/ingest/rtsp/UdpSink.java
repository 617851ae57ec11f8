package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.rtp.PacketizedUnit;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/// Packets as datagrams to the reader's ports.
///
/// A receiver's socket buffer takes some hundred kilobytes at most, so bursts (the cached group, large frames) are
/// paced: 24 KiB a millisecond, about 200 Mbit/s. Owns its pair of sockets.
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: failures reach the sockets' handlers.
final class UdpSink implements PacketSink {

    private static final int BURST_BYTES = 24 << 10;

    private final UdpPair sockets;
    private final ArrayDeque<PacketizedUnit> queue = new ArrayDeque<>();
    private int nextPacket;
    private long queuedBytes;
    private long takenUnits;
    private boolean scheduled;
    private boolean closed;

    UdpSink(UdpPair sockets) {
        this.sockets = sockets;
    }

    @Override
    public void write(PacketizedUnit unit) {
        if (!closed) {
            queuedBytes += unit.framedBytes();
            queue.add(unit.retain());
        }
    }

    @Override
    public void writeReport(ByteBuf rtcp) {
        if (!closed) {
            sockets.rtcp()
                    .writeAndFlush(rtcp.retainedDuplicate(), sockets.rtcp().voidPromise());
        }
    }

    @Override
    public void flush() {
        if (!scheduled) {
            sendBurst();
        }
    }

    @Override
    public long queuedBytes() {
        return queuedBytes;
    }

    @Override
    public int queuedUnits() {
        return queue.size();
    }

    @Override
    public long takenUnits() {
        return takenUnits;
    }

    @Override
    public String transport() {
        return "udp";
    }

    @Override
    public void close() {
        closed = true;
        queue.forEach(PacketizedUnit::release);
        queue.clear();
        queuedBytes = 0;
        sockets.close();
    }

    private void sendBurst() {
        scheduled = false;
        int left = BURST_BYTES;
        for (PacketizedUnit unit = queue.peek(); unit != null && left > 0; unit = queue.peek()) {
            left -= sendSome(unit, left);
        }
        sockets.rtp().flush();
        if (!queue.isEmpty()) {
            scheduled = true;
            sockets.rtp().eventLoop().schedule(this::sendBurst, 1, TimeUnit.MILLISECONDS);
        }
    }

    /// Sends packets of the first unit until it is through or `budgetBytes` are used up; returns the bytes sent.
    private int sendSome(PacketizedUnit unit, int budgetBytes) {
        int sent = 0;
        while (nextPacket < unit.packetCount() && sent < budgetBytes) {
            ByteBuf packet = unit.packet(nextPacket++);
            sent += packet.readableBytes();
            sockets.rtp().write(packet, sockets.rtp().voidPromise());
        }
        if (nextPacket == unit.packetCount()) {
            nextPacket = 0;
            takenUnits++;
            queuedBytes -= unit.framedBytes();
            queue.remove();
            unit.release();
        }
        return Math.max(1, sent);
    }
}
