package dev.aerie.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReorderBufferTest {

    private final ReorderBuffer buffer = new ReorderBuffer();

    @Test
    void push_swappedAcrossTheWrap_comesOutInOrder() {
        assertThat(push(65_534, 0)).containsExactly(65_534);
        assertThat(push(0, 0)).isEmpty();
        assertThat(push(65_535, 0)).containsExactly(65_535, 0);
    }

    @Test
    void push_missingPacket_isGivenUpAfter100Milliseconds() {
        push(1, 0);
        assertThat(push(3, 1_000_000)).isEmpty();
        assertThat(push(4, 50_000_000)).isEmpty();
        assertThat(push(5, 102_000_000)).containsExactly(3, 4, 5);
        assertThat(push(2, 103_000_000)).isEmpty();
        assertThat(buffer.dropped()).isEqualTo(1);
    }

    @Test
    void push_farAhead_givesUpWhatIsMissing() {
        push(1, 0);
        push(3, 0);
        assertThat(push(3 + ReorderBuffer.CAPACITY, 0)).containsExactly(3);
    }

    @Test
    void push_packetThatWaits_isCopied() {
        push(1, 0);
        var lent = packet(3);
        assertThat(buffer.push(parse(lent), 0)).isEmpty();
        lent.put(12, (byte) 99);
        var ready = buffer.push(parse(packet(2)), 0);
        assertThat(ready.getLast().payload().get(0)).isEqualTo((byte) 7);
    }

    @Test
    void missing_gaps_areNamedUntilTheyAreGivenUp() {
        var patient = new ReorderBuffer(1024, Duration.ofMillis(300));
        for (int sequence : new int[] {65_533, 65_535, 2, 3}) {
            patient.push(parse(packet(sequence)), 0);
        }
        assertThat(patient.missing()).containsExactly(65_534, 0, 1);
        assertThat(patient.heldBytes()).isEqualTo(3);
        assertThat(patient.poll(300_000_000)).isEmpty();
        assertThat(patient.poll(301_000_000)).hasSize(3);
        assertThat(patient.missing()).isEmpty();
        assertThat(patient.heldBytes()).isZero();
        assertThatThrownBy(() -> new ReorderBuffer(1000, Duration.ZERO)).hasMessageContaining("power of two");
    }

    private List<Integer> push(int sequence, long nowNanos) {
        return buffer.push(parse(packet(sequence)), nowNanos).stream()
                .map(RtpPacket::sequenceNumber)
                .toList();
    }

    private static RtpPacket parse(ByteBuffer bytes) {
        try {
            return RtpPacket.parse(bytes);
        } catch (MalformedPacketException e) {
            throw new AssertionError(e);
        }
    }

    private static ByteBuffer packet(int sequence) {
        return ByteBuffer.allocate(13)
                .put((byte) 0x80)
                .put((byte) 96)
                .putShort((short) sequence)
                .putLong(0)
                .put((byte) 7)
                .flip();
    }
}
