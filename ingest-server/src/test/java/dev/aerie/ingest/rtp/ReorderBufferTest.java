package dev.aerie.ingest.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
    void close_releasesWhatItHolds() {
        push(1, 0);
        ByteBuf held = packet(5);
        assertThat(buffer.push(parse(held), 0)).isEmpty();
        buffer.close();
        assertThat(held.refCnt()).isZero();
    }

    private List<Integer> push(int sequence, long nowNanos) {
        return buffer.push(parse(packet(sequence)), nowNanos).stream()
                .map(RtpPacket::sequenceNumber)
                .toList();
    }

    private static RtpPacket parse(ByteBuf bytes) {
        try {
            return RtpPacket.parse(bytes);
        } catch (MalformedPacketException e) {
            throw new AssertionError(e);
        }
    }

    private static ByteBuf packet(int sequence) {
        return Unpooled.buffer()
                .writeByte(0x80)
                .writeByte(96)
                .writeShort(sequence)
                .writeLong(0);
    }
}
