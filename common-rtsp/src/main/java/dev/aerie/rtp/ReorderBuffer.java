package dev.aerie.rtp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts RTP packets received by UDP back in order.
///
/// A missing packet is waited for until so many later ones have arrived, or the first of them has waited too long.
/// Late and duplicate packets are dropped and counted. Packets that have to wait are copied. Not thread-safe.
public final class ReorderBuffer {

    static final int CAPACITY = 128;

    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final int RESTART_DISTANCE = 3000;

    private final int capacity;
    private final long patienceNanos;
    private final @Nullable RtpPacket[] slots;
    private final long[] arrivals;
    private boolean started;
    private int next;
    private int held;
    private int heldBytes;
    private long dropped;

    /// Waits for 128 packets or 100 ms.
    public ReorderBuffer() {
        this(CAPACITY, PATIENCE);
    }

    /// - `capacity`: packets that may wait for a missing one; a power of two, at most 2048
    /// - `patience`: how long the first of them waits
    public ReorderBuffer(int capacity, Duration patience) {
        if (Integer.bitCount(capacity) != 1 || capacity >= RESTART_DISTANCE) {
            throw new IllegalArgumentException("capacity must be a power of two up to 2048, was " + capacity);
        }
        this.capacity = capacity;
        this.patienceNanos = patience.toNanos();
        this.slots = new @Nullable RtpPacket[capacity];
        this.arrivals = new long[capacity];
    }

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
        while (ahead >= capacity) {
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
        giveUp(nowNanos, ready);
        return ready;
    }

    /// No packet has come: returns those whose patience is over.
    public List<RtpPacket> poll(long nowNanos) {
        var ready = new ArrayList<RtpPacket>(0);
        giveUp(nowNanos, ready);
        return ready;
    }

    /// Sequence numbers that are waited for, in order; empty while no packet waits.
    public List<Integer> missing() {
        var missing = new ArrayList<Integer>(0);
        int found = 0;
        for (int sequence = next; found < held; sequence = sequence + 1 & 0xffff) {
            if (slots[sequence % capacity] == null) {
                missing.add(sequence);
            } else {
                found++;
            }
        }
        return missing;
    }

    /// Bytes of the payloads that wait.
    public int heldBytes() {
        return heldBytes;
    }

    /// Packets that arrived twice or too late.
    public long dropped() {
        return dropped;
    }

    private void giveUp(long nowNanos, List<RtpPacket> ready) {
        while (held > 0 && nowNanos - arrivals[firstHeld()] > patienceNanos) {
            skipGap(ready);
        }
    }

    private int firstHeld() {
        int slot = next % capacity;
        while (slots[slot] == null) {
            slot = (slot + 1) % capacity;
        }
        return slot;
    }

    private void restartAt(int sequenceNumber, List<RtpPacket> ready) {
        while (held > 0) {
            skipGap(ready);
        }
        started = true;
        next = sequenceNumber;
    }

    private void hold(RtpPacket packet, long nowNanos) {
        int slot = packet.sequenceNumber() % capacity;
        if (slots[slot] != null) {
            dropped++;
            return;
        }
        slots[slot] = packet.copy();
        arrivals[slot] = nowNanos;
        held++;
        heldBytes += packet.payload().limit();
    }

    private void takeInOrder(List<RtpPacket> ready) {
        for (var packet = slots[next % capacity]; packet != null; packet = slots[next % capacity]) {
            slots[next % capacity] = null;
            held--;
            heldBytes -= packet.payload().limit();
            next = next + 1 & 0xffff;
            ready.add(packet);
        }
    }

    /// Gives the packets missing next up, and takes those behind the gap.
    private void skipGap(List<RtpPacket> ready) {
        int gap = 0;
        while (gap < capacity && slots[next % capacity] == null) {
            next = next + 1 & 0xffff;
            gap++;
        }
        takeInOrder(ready);
    }
}
