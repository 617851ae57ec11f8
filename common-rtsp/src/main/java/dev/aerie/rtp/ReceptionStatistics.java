package dev.aerie.rtp;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/// What a receiver tells a sender of video about its packets (RFC 3550, 6.4.1, A.3 and A.8). Not thread-safe.
public final class ReceptionStatistics {

    /// Bytes that [#write] takes.
    public static final int BYTES = 32;

    private static final int RECEIVER_REPORT = 201;
    private static final int MAX_LOST = 0x7f_ffff;
    private static final int MAX_FRACTION = 255;
    private static final long TICKS_90K = 90_000;

    private boolean started;
    private int ssrc;
    private long first;
    private long highest;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private int lastTransit;
    private long jitterTimes16;
    private int lastReport;
    private long reportedNanos;

    /// Counts a packet, also one that comes again or late.
    public void received(RtpPacket packet, long nowNanos) {
        if (!started) {
            started = true;
            ssrc = packet.ssrc();
            first = packet.sequenceNumber();
            highest = first;
            lastTransit = transit(packet, nowNanos);
        }
        received++;
        int ahead = (short) (packet.sequenceNumber() - (int) highest);
        if (ahead > 0) {
            highest += ahead;
            int transit = transit(packet, nowNanos);
            int change = transit - lastTransit;
            lastTransit = transit;
            jitterTimes16 += Math.abs((long) change) - ((jitterTimes16 + 8) >> 4);
        }
    }

    /// The sender has told its time.
    public void reported(SenderReport report, long nowNanos) {
        lastReport = report.shortNtpTime();
        reportedNanos = nowNanos;
    }

    /// Whether there is something to report.
    public boolean isStarted() {
        return started;
    }

    public int ssrc() {
        return ssrc;
    }

    /// Packets that never came, so far; less than 0 where some came twice.
    public long lost() {
        return started ? highest - first + 1 - received : 0;
    }

    /// Writes a receiver report, and begins the next interval.
    ///
    /// - `own`: SSRC of who reports
    public void write(ByteBuffer out, int own, long nowNanos) {
        long expected = highest - first + 1;
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        long fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : Math.min(MAX_FRACTION, (lostNow << 8) / expectedNow);
        long lost = Math.max(-MAX_LOST - 1L, Math.min(MAX_LOST, lost()));
        out.put((byte) 0x81).put((byte) RECEIVER_REPORT).putShort((short) (BYTES / 4 - 1));
        out.putInt(own).putInt(ssrc);
        out.putInt((int) ((fraction << 24) | (lost & 0xff_ffff)));
        out.putInt((int) highest).putInt((int) (jitterTimes16 >> 4));
        out.putInt(lastReport).putInt(lastReport == 0 ? 0 : shortSeconds(nowNanos - reportedNanos));
    }

    /// Ticks of 90 kHz, modulo 2^32 as all of RTP's times.
    private static int transit(RtpPacket packet, long nowNanos) {
        long seconds = nowNanos / TimeUnit.SECONDS.toNanos(1);
        long rest = nowNanos % TimeUnit.SECONDS.toNanos(1);
        return (int) (seconds * TICKS_90K + rest * TICKS_90K / TimeUnit.SECONDS.toNanos(1)) - packet.timestamp();
    }

    /// In units of 1/65536 s.
    private static int shortSeconds(long nanos) {
        return (int) ((nanos << 16) / TimeUnit.SECONDS.toNanos(1));
    }
}
