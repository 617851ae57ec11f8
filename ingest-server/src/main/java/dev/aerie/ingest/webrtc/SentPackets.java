package dev.aerie.ingest.webrtc;

import dev.aerie.limits.ByteBudget;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The packets sent last, to be sent again. Their bytes were taken from a budget, to which they go back from here. Not
/// thread-safe.
final class SentPackets {

    /// Two seconds of 6 Mbit/s.
    static final int MAX = 1024;

    private final ByteBudget budget;
    private final @Nullable byte[][] bySequence = new byte[MAX][];

    SentPackets(ByteBudget budget) {
        this.budget = budget;
    }

    /// Keeps a packet; the one that was sent so many before it is forgotten.
    void add(byte[] packet) {
        int at = sequence(packet) % MAX;
        byte[] old = bySequence[at];
        if (old != null) {
            budget.give(old.length);
        }
        bySequence[at] = packet;
    }

    /// - `sequence`: 0..65535
    Optional<byte[]> find(int sequence) {
        byte[] packet = bySequence[sequence % MAX];
        return packet != null && sequence(packet) == sequence ? Optional.of(packet) : Optional.empty();
    }

    void clear() {
        for (byte[] packet : bySequence) {
            if (packet != null) {
                budget.give(packet.length);
            }
        }
        Arrays.fill(bySequence, null);
    }

    private static int sequence(byte[] packet) {
        return Short.toUnsignedInt(ByteBuffer.wrap(packet).getShort(2));
    }
}
