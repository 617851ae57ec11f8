package dev.aerie.ingest.webrtc;

import dev.aerie.limits.ByteBudget;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// The packets sent last, to be sent again. Their bytes were taken from a budget, to which they go back from here. Not
/// thread-safe.
final class SentPackets {

    /// Two seconds of 6 Mbit/s.
    static final int MAX = 1024;

    private static final byte[] NONE = {};

    private final ByteBudget budget;

    /// By the sequence number's remainder.
    private final byte[][] kept = new byte[MAX][];

    SentPackets(ByteBudget budget) {
        this.budget = budget;
        Arrays.fill(kept, NONE);
    }

    /// Keeps a packet; the one that was sent so many before it is forgotten.
    void add(byte[] packet) {
        int place = sequence(packet) % MAX;
        forget(place);
        kept[place] = packet;
    }

    /// - `sequence`: 0..65535
    Optional<byte[]> find(int sequence) {
        byte[] packet = kept[sequence % MAX];
        return packet.length > 0 && sequence(packet) == sequence ? Optional.of(packet) : Optional.empty();
    }

    void clear() {
        for (int place = 0; place < MAX; place++) {
            forget(place);
        }
    }

    private void forget(int place) {
        budget.give(kept[place].length);
        kept[place] = NONE;
    }

    private static int sequence(byte[] packet) {
        return Short.toUnsignedInt(ByteBuffer.wrap(packet).getShort(2));
    }
}
