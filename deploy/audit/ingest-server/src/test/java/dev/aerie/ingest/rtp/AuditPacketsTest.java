package dev.aerie.ingest.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/// What AUDIT says of packets for many readers. Fails at d493c5a.
final class AuditPacketsTest {

    private static final int PAYLOAD_AT = 20;

    /// Today: PacketizedUnitTest.
    @Test
    void m7_readerOnAnotherChannel_sharesThePayload() {
        ByteBuf framed = Unpooled.buffer(64).writeZero(64);
        var unit = new PacketizedUnit(framed, new int[] {0, 64}, true, 0, 0, 0);
        ByteBuf seen = unit.framed(2);
        framed.setByte(PAYLOAD_AT, 42);
        assertThat(seen.getByte(PAYLOAD_AT)).as("the same memory").isEqualTo((byte) 42);
    }
}
