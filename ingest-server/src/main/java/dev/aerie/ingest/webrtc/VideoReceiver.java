package dev.aerie.ingest.webrtc;

import dev.aerie.limits.ByteBudget;
import dev.aerie.rtp.MalformedPacketException;
import dev.aerie.rtp.ReceptionStatistics;
import dev.aerie.rtp.ReorderBuffer;
import dev.aerie.rtp.RtcpPacket;
import dev.aerie.rtp.RtpDepacketizer;
import dev.aerie.rtp.RtpPacket;
import dev.aerie.rtp.SenderClock;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.MalformedVideoException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The video of one session that publishes: SRTP becomes access units. Packets that are missing are asked for again
/// (NACK, RFC 4585); where that is in vain, and every other second, an IDR frame is (PLI). Used by the session's event
/// loop alone.
final class VideoReceiver {

    /// Packets that wait for a missing one: half a second of 24 Mbit/s.
    static final int MAX_WAITING = 1024;

    static final Duration PATIENCE = Duration.ofMillis(300);

    /// What a publisher may send, in bits per second. Browsers begin with 300 kbit/s and add little by little, unless
    /// they are told so within the first seconds; what is lost makes them send less.
    private static final int ALLOWED_BITRATE = 8_000_000;

    private static final int ESTIMATE_BYTES = 24;
    private static final int MANTISSA_BITS = 18;
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MIN_PLI_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /// Browsers send an IDR frame only when they are asked: whoever begins to look needs one.
    private static final long IDR_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final int payloadType;
    private final boolean takesEstimates;
    private final RtpDepacketizer depacketizer;
    private final SrtpReceiver rtp;
    private final SrtcpReceiver rtcp;
    private final SrtpSender srtp;
    private final int ssrc;
    private final ByteBudget budget;
    private final Consumer<byte[]> socket;
    private final ReorderBuffer reorder = new ReorderBuffer(MAX_WAITING, PATIENCE);
    private final ReceptionStatistics statistics = new ReceptionStatistics();
    private final SenderClock clock = new SenderClock();
    private final Map<Integer, Long> askedNanos = new HashMap<>();
    private boolean waitsForIdr = true;
    private long idrNanos;
    private long pliNanos;
    private long droppedUnits;
    private long unitBytes;
    private long takenBytes;
    private long asked;
    private long idrsAsked;
    private boolean goodbye;

    /// - `format`: of the packets
    /// - `keys`: of both directions
    /// - `ssrc`: by which this end reports
    /// - `budget`: of all sessions, for what waits
    /// - `socket`: sends a datagram
    VideoReceiver(
            String stream,
            OfferedFormat format,
            DtlsServer.Exported keys,
            int ssrc,
            ByteBudget budget,
            Consumer<byte[]> socket,
            long nowNanos) {
        this.payloadType = format.payloadType();
        this.takesEstimates = format.takesEstimates();
        this.depacketizer =
                new RtpDepacketizer(stream, format.codec(), ByteBuffer.allocate(0), RtpDepacketizer.Recovery.NEXT_IDR);
        this.rtp = new SrtpReceiver(keys.clientKey(), keys.clientSalt());
        this.rtcp = new SrtcpReceiver(keys.clientKey(), keys.clientSalt());
        this.srtp = new SrtpSender(keys.serverKey(), keys.serverSalt());
        this.ssrc = ssrc;
        this.budget = budget;
        this.socket = socket;
        this.idrNanos = nowNanos;
        this.pliNanos = nowNanos;
    }

    /// Takes a datagram of SRTP; returns the units that are complete now, or empty where nobody signed it. Throws
    /// [MalformedVideoException] for video that cannot go on.
    Optional<List<AccessUnit>> rtp(byte[] datagram, long nowNanos) throws MalformedVideoException {
        var clear = rtp.unprotect(datagram);
        if (clear.isEmpty()) {
            return Optional.empty();
        }
        var units = new ArrayList<AccessUnit>(1);
        try {
            var packet = RtpPacket.parse(ByteBuffer.wrap(clear.get()));
            if (packet.payloadType() == payloadType) {
                statistics.received(packet, nowNanos);
                if (fits(datagram.length)) {
                    depacketize(reorder.push(packet, nowNanos), units);
                }
            }
        } catch (MalformedPacketException _) {
            waitsForIdr = true; // Whoever has the keys sent it: its frame is lost.
        }
        settle(units, nowNanos);
        return Optional.of(units);
    }

    /// Takes a datagram of SRTCP; returns whether the peer sent it.
    boolean rtcp(byte[] datagram, long nowNanos) {
        var clear = rtcp.unprotect(datagram);
        try {
            if (clear.isPresent()) {
                var packet = RtcpPacket.parse(ByteBuffer.wrap(clear.get()));
                packet.report().ifPresent(report -> {
                    clock.accept(report);
                    statistics.reported(report, nowNanos);
                });
                goodbye |= packet.goodbye();
            }
        } catch (MalformedPacketException _) {
            return true;
        }
        return clear.isPresent();
    }

    /// To be called every few milliseconds while [#isWaiting]: gives up what does not come, and asks again.
    List<AccessUnit> poll(long nowNanos) throws MalformedVideoException {
        var units = new ArrayList<AccessUnit>(0);
        try {
            depacketize(reorder.poll(nowNanos), units);
        } catch (MalformedPacketException _) {
            waitsForIdr = true;
        }
        settle(units, nowNanos);
        return units;
    }

    /// Whether packets wait for missing ones.
    boolean isWaiting() {
        return reorder.heldBytes() > 0;
    }

    /// Reports what has come; to be called about once a second.
    void report(long nowNanos) {
        if (statistics.isStarted()) {
            var out = ByteBuffer.allocate(ReceptionStatistics.BYTES + (takesEstimates ? ESTIMATE_BYTES : 0));
            statistics.write(out, ssrc, nowNanos);
            if (takesEstimates) {
                writeAllowed(out);
            }
            socket.accept(srtp.protectRtcp(out.array()));
        }
    }

    /// When a unit was captured, by the latest report of its sender.
    OptionalLong captureTimeNanos(AccessUnit unit) {
        return clock.unixNanos((int) unit.ptsTicks90k());
    }

    /// Whether the sender has said that it leaves.
    boolean saidGoodbye() {
        return goodbye;
    }

    /// Packets that were asked for again, each time counted.
    long asked() {
        return asked;
    }

    long idrsAsked() {
        return idrsAsked;
    }

    void close() {
        budget.give(takenBytes);
        takenBytes = 0;
    }

    /// REMB: payload-specific feedback of an application.
    private void writeAllowed(ByteBuffer out) {
        out.put((byte) 0x8f).put((byte) 206).putShort((short) (ESTIMATE_BYTES / 4 - 1));
        out.putInt(ssrc).putInt(0).put("REMB".getBytes(StandardCharsets.US_ASCII));
        int exponent = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(ALLOWED_BITRATE) - MANTISSA_BITS);
        out.putInt((1 << 24) | (exponent << MANTISSA_BITS) | (ALLOWED_BITRATE >> exponent));
        out.putInt(statistics.ssrc());
    }

    /// The bytes that wait, and those of the unit that has begun, are taken from the budget: a packet for which
    /// there is nothing left is lost.
    private boolean fits(int bytes) {
        long wanted = reorder.heldBytes() + unitBytes + bytes;
        long more = wanted - takenBytes;
        if (more > 0 && !budget.take(more)) {
            return false;
        }
        if (more < 0) {
            budget.give(-more);
        }
        takenBytes = wanted;
        return true;
    }

    private void depacketize(List<RtpPacket> packets, List<AccessUnit> units)
            throws MalformedPacketException, MalformedVideoException {
        MalformedPacketException broken = null;
        for (RtpPacket packet : packets) {
            try {
                unitBytes += packet.payload().limit();
                var complete = depacketizer.push(packet);
                if (packet.marker() || !complete.isEmpty()) {
                    unitBytes = 0;
                }
                units.addAll(complete);
            } catch (MalformedPacketException e) {
                broken = e;
            }
        }
        if (broken != null) {
            throw broken;
        }
    }

    /// Sees what came, and asks for what did not.
    private void settle(List<AccessUnit> units, long nowNanos) {
        waitsForIdr |= depacketizer.droppedUnits() > droppedUnits;
        droppedUnits = depacketizer.droppedUnits();
        if (units.stream().anyMatch(AccessUnit::isIdr)) {
            waitsForIdr = false;
            idrNanos = nowNanos;
        }
        var due = dueForAsking(nowNanos);
        boolean wantsIdr =
                (waitsForIdr || nowNanos - idrNanos > IDR_EVERY_NANOS) && nowNanos - pliNanos > MIN_PLI_NANOS;
        if (statistics.isStarted() && (wantsIdr || !due.isEmpty())) {
            ask(due, wantsIdr, nowNanos);
        }
    }

    /// Missing packets that were not asked for yet, or in vain.
    private List<Integer> dueForAsking(long nowNanos) {
        var missing = reorder.missing();
        if (missing.isEmpty()) {
            askedNanos.clear();
            return List.of();
        }
        askedNanos.keySet().retainAll(missing);
        return missing.stream()
                .filter(each -> !askedNanos.containsKey(each)
                        || nowNanos - askedNanos.getOrDefault(each, nowNanos) > ASK_AGAIN_NANOS)
                .limit(RtcpFeedback.MAX_LOST)
                .toList();
    }

    private void ask(List<Integer> due, boolean wantsIdr, long nowNanos) {
        due.forEach(each -> askedNanos.put(each, nowNanos));
        asked += due.size();
        if (wantsIdr) {
            pliNanos = nowNanos;
            idrsAsked++;
        }
        var feedback = new RtcpFeedback(due, wantsIdr);
        var out = ByteBuffer.allocate(feedback.bytes());
        feedback.write(out, ssrc, statistics.ssrc());
        socket.accept(srtp.protectRtcp(out.array()));
    }
}
