package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.rtp.PacketizedUnit;
import io.netty.buffer.ByteBuf;

/// Where one reader's packets go. Used on the reader's event loop only; nothing here blocks.
interface PacketSink {

    /// Queues a unit, which stays the caller's; sent at the next [#flush].
    void write(PacketizedUnit unit);

    /// Queues an RTCP packet, which stays the caller's.
    void writeReport(ByteBuf rtcp);

    /// Hands what is queued to the kernel, as far as it takes it.
    void flush();

    /// Bytes queued that the kernel has not taken.
    long queuedBytes();

    /// Units queued that the kernel has not taken whole.
    int queuedUnits();

    /// Units that the kernel has taken so far; stands still while a reader is stalled.
    long takenUnits();

    /// For people: `tcp`, `tls` or `udp`.
    String transport();

    /// Releases what is queued and what belongs to it.
    void close();
}
