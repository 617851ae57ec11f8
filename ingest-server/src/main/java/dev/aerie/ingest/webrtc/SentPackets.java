package dev.aerie.ingest.webrtc;

import dev.aerie.limits.ByteBudget;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The packets sent last, to be sent again. Their bytes were taken from a budget, to which they go back from here. Not
/// thread-safe.
final class SentPackets {

    /// Two seconds of 6 Mbit/s.
    static final int MAX = 1024;

    private final ByteBudget budget;
    private final Map<Integer, byte[]> bySequence = HashMap.newHashMap(MAX);

    SentPackets(ByteBudget budget) {
        this.budget = budget;
    }

    /// Keeps a packet; the one that was sent so many before it is forgotten.
    void add(byte[] packet) {
        byte[] old = bySequence.put(sequence(packet) % MAX, packet);
        if (old != null) {
            budget.give(old.length);
        }
    }

    /// - `sequence`: 0..65535
    Optional<byte[]> find(int sequence) {
        byte[] packet = bySequence.get(sequence % MAX);
        return packet != null && sequence(packet) == sequence ? Optional.of(packet) : Optional.empty();
    }

    void clear() {
        bySequence.values().forEach(packet -> budget.give(packet.length));
        bySequence.clear();
    }

    private static int sequence(byte[] packet) {
        return Short.toUnsignedInt(ByteBuffer.wrap(packet).getShort(2));
    }
}
