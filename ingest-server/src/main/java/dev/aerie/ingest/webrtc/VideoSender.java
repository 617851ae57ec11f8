package dev.aerie.ingest.webrtc;

import dev.aerie.ingest.rtp.PacketizedUnit;
import dev.aerie.ingest.rtp.RtpPacketizer;
import dev.aerie.limits.ByteBudget;
import dev.aerie.rtp.RtpPacket;
import dev.aerie.rtp.SenderReport;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The video of one session as SRTP: in bursts that a network takes, dropped up to an IDR frame where too much waits,
/// sent again where the browser misses packets. Used by the session's event loop alone.
final class VideoSender {

    /// Per millisecond: 65 Mbit/s.
    static final int BURST_BYTES = 8 << 10;

    static final int MAX_WAITING_BYTES = 4 << 20;

    private static final int EXTENSION_BYTES = 8;
    private static final int EXTENSION_BIT = 0x10;
    private static final int ONE_BYTE_EXTENSIONS = 0xbede;
    private static final int DELAY_LENGTH = 2;
    private static final int PAYLOAD_TYPE_MASK = 0x7f;

    /// Frames that are shown at once, to catch up, are a millisecond apart, closer where many are.
    private static final long CATCH_UP_TICKS = 90;

    private static final long MAX_CATCH_UP_TICKS = 900;

    private final RtpPacketizer packetizer;
    private final SrtpSender srtp;
    private final int payloadType;
    private final OptionalInt playoutDelay;
    private final ByteBudget budget;
    private final Consumer<byte[]> socket;
    private final SentPackets sent;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean waitsForIdr = true;
    private @Nullable AccessUnit lastUnit;
    private long lastTicks;
    private long lastCaptureNanos;
    private int lastRtpTime;
    private long packets;
    private long payloadBytes;
    private long resent;
    private long dropped;

    /// - `playoutDelay`: number of that header extension, by which the browser shows frames as they come
    /// - `budget`: of all sessions, for what waits and what was sent
    /// - `socket`: sends a datagram
    VideoSender(
            RtpPacketizer packetizer,
            SrtpSender srtp,
            int payloadType,
            OptionalInt playoutDelay,
            ByteBudget budget,
            Consumer<byte[]> socket) {
        this.packetizer = packetizer;
        this.srtp = srtp;
        this.payloadType = payloadType;
        this.playoutDelay = playoutDelay;
        this.budget = budget;
        this.socket = socket;
        this.sent = new SentPackets(budget);
    }

    /// Sends the next unit of the stream, or drops it.
    void send(AccessUnit unit) {
        if (waitingBytes > MAX_WAITING_BYTES) {
            waitsForIdr = true;
        }
        if (waitsForIdr && !(unit.isIdr() && waitingBytes <= MAX_WAITING_BYTES / 2)) {
            dropped++;
            return;
        }
        waitsForIdr = false;
        lastTicks = unit.ptsTicks90k();
        write(unit);
    }

    /// Sends the units from an IDR frame on, the latest last, with times by which the browser shows them at once.
    void catchUp(List<AccessUnit> group) {
        if (group.isEmpty() || !group.getFirst().isIdr()) {
            return;
        }
        waitsForIdr = false;
        long step = Math.max(1, Math.min(CATCH_UP_TICKS, MAX_CATCH_UP_TICKS / group.size()));
        boolean isBeginning = lastUnit == null;
        long first = isBeginning ? group.getLast().ptsTicks90k() - (group.size() - 1) * step : lastTicks + step;
        for (int i = 0; i < group.size() && !waitsForIdr; i++) {
            lastTicks = first + i * step;
            write(group.get(i).withPtsTicks90k(lastTicks));
        }
        lastUnit = group.getLast();
    }

    /// The browser cannot go on: it gets the current group once more, as far as it was sent. Without one, it waits for
    /// the next IDR frame.
    ///
    /// - `group`: the stream's cached units
    void restart(List<AccessUnit> group) {
        int end = 0;
        for (int i = 0; i < group.size(); i++) {
            if (group.get(i) == lastUnit) {
                end = i + 1;
            }
        }
        waitsForIdr = true;
        catchUp(group.subList(0, end));
    }

    /// Units were lost on the way here.
    void missed() {
        waitsForIdr = true;
    }

    /// Sends a packet once more, if it is still known.
    void resend(int sequence) {
        sent.find(sequence).ifPresent(packet -> {
            resent++;
            socket.accept(packet);
        });
    }

    /// Sends some of what waits; to be called again after a millisecond while it returns true.
    boolean flush() {
        int left = BURST_BYTES;
        for (byte[] packet = waiting.poll(); packet != null; packet = left > 0 ? waiting.poll() : null) {
            left -= packet.length;
            waitingBytes -= packet.length;
            sent.add(packet);
            socket.accept(packet);
        }
        return !waiting.isEmpty();
    }

    /// Where the video's clock stands, encrypted; null before the first frame whose time is known.
    byte @Nullable [] report() {
        if (lastCaptureNanos == 0) {
            return null;
        }
        var bytes = ByteBuffer.allocate(SenderReport.BYTES);
        new SenderReport(packetizer.ssrc(), lastCaptureNanos, lastRtpTime, packets, payloadBytes).write(bytes);
        return srtp.protectRtcp(bytes.array());
    }

    long resent() {
        return resent;
    }

    long dropped() {
        return dropped;
    }

    void close() {
        waiting.forEach(packet -> budget.give(packet.length));
        waiting.clear();
        waitingBytes = 0;
        sent.clear();
    }

    private void write(AccessUnit unit) {
        lastUnit = unit;
        long captureNanos = unit.stamp().map(FrameStamp::captureTimeNanos).orElse(0L);
        var packetized = packetizer.packetize(unit, captureNanos);
        try {
            lastCaptureNanos = captureNanos;
            lastRtpTime = packetized.rtpTime();
            for (int i = 0; i < packetized.packetCount() && !waitsForIdr; i++) {
                waitsForIdr = !queue(packetized, i);
            }
        } finally {
            packetized.release();
        }
    }

    /// Returns false where no memory is left for it.
    private boolean queue(PacketizedUnit unit, int index) {
        ByteBuf packet = unit.packet(index);
        try {
            int header = RtpPacket.HEADER_BYTES + (playoutDelay.isPresent() ? EXTENSION_BYTES : 0);
            int payload = packet.readableBytes() - RtpPacket.HEADER_BYTES;
            var bytes = new byte[header + payload + SrtpKeys.TAG_BYTES];
            if (!take(bytes.length)) {
                return false;
            }
            writeHeader(packet, ByteBuffer.wrap(bytes));
            packet.getBytes(packet.readerIndex() + RtpPacket.HEADER_BYTES, bytes, header, payload);
            srtp.protect(bytes, header);
            waiting.add(bytes);
            waitingBytes += bytes.length;
            packets++;
            payloadBytes += payload;
            return true;
        } finally {
            packet.release();
        }
    }

    /// What may be sent again gives way to what is sent.
    private boolean take(int bytes) {
        if (budget.take(bytes)) {
            return true;
        }
        sent.clear();
        return budget.take(bytes);
    }

    /// The header with the payload type that was agreed on, and with the least and the largest delay of playing, 0.
    private void writeHeader(ByteBuf packet, ByteBuffer out) {
        int at = packet.readerIndex();
        boolean extended = playoutDelay.isPresent();
        out.put((byte) (packet.getByte(at) | (extended ? EXTENSION_BIT : 0)));
        out.put((byte) ((packet.getByte(at + 1) & ~PAYLOAD_TYPE_MASK) | payloadType));
        out.putShort(packet.getShort(at + 2)).putInt(packet.getInt(at + 4)).putInt(packet.getInt(at + 8));
        if (extended) {
            out.putShort((short) ONE_BYTE_EXTENSIONS).putShort((short) 1);
            out.putInt((playoutDelay.getAsInt() << 4 | DELAY_LENGTH) << 24);
        }
    }
}
