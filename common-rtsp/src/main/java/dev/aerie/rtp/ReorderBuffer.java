package dev.aerie.rtp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Puts RTP packets received by UDP back in order.
///
/// A missing packet is waited for until 128 later ones have arrived or 100 ms have passed. Late and duplicate packets
/// are dropped and counted. Packets that have to wait are copied. Not thread-safe.
public final class ReorderBuffer {

    static final int CAPACITY = 128;

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int RESTART_DISTANCE = 3000;

    private final @Nullable RtpPacket[] slots = new @Nullable RtpPacket[CAPACITY];
    private boolean started;
    private int next;
    private int held;
    private long waitingSinceNanos;
    private long dropped;

    /// Takes a packet, lent, and returns those that are in order now; the packet itself may be among them.
    public List<RtpPacket> push(RtpPacket packet, long nowNanos) {
        var ready = new ArrayList<RtpPacket>(4);
        int ahead = started ? (short) (packet.sequenceNumber() - next) : 0;
        if (!started || Math.abs(ahead) > RESTART_DISTANCE) {
            restartAt(packet.sequenceNumber(), ready);
            ahead = 0;
        }
        if (ahead < 0) {
            dropped++;
            return ready;
        }
        while (ahead >= CAPACITY) {
            skipGap(ready);
            ahead = (short) (packet.sequenceNumber() - next);
        }
        if (ahead == 0) {
            next = next + 1 & 0xffff;
            ready.add(packet);
        } else {
            hold(packet, nowNanos);
        }
        takeInOrder(ready);
        if (held > 0 && nowNanos - waitingSinceNanos > PATIENCE_NANOS) {
            skipGap(ready);
            waitingSinceNanos = nowNanos;
        }
        return ready;
    }

    /// Packets that arrived twice or too late.
    public long dropped() {
        return dropped;
    }

    private void restartAt(int sequenceNumber, List<RtpPacket> ready) {
        while (held > 0) {
            skipGap(ready);
        }
        started = true;
        next = sequenceNumber;
    }

    private void hold(RtpPacket packet, long nowNanos) {
        int slot = packet.sequenceNumber() % CAPACITY;
        if (slots[slot] != null) {
            dropped++;
            return;
        }
        if (held == 0) {
            waitingSinceNanos = nowNanos;
        }
        slots[slot] = packet.copy();
        held++;
    }

    private void takeInOrder(List<RtpPacket> ready) {
        for (var packet = slots[next % CAPACITY]; packet != null; packet = slots[next % CAPACITY]) {
            slots[next % CAPACITY] = null;
            held--;
            next = next + 1 & 0xffff;
            ready.add(packet);
        }
    }

    /// Gives the packets missing next up, and takes those behind the gap.
    private void skipGap(List<RtpPacket> ready) {
        int gap = 0;
        while (gap < CAPACITY && slots[next % CAPACITY] == null) {
            next = next + 1 & 0xffff;
            gap++;
        }
        takeInOrder(ready);
    }
}
