package dev.aerie.ingest.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

final class PacketizedUnitTest {

    private static final int[] STARTS = {0, 7, 12};

    /// Two packets of 3 bytes and 1 byte, framed for channel 0.
    private final ByteBuf bytes =
            Unpooled.directBuffer().writeBytes(new byte[] {'$', 0, 0, 3, 1, 2, 3, '$', 0, 0, 1, 4});

    private final PacketizedUnit unit = new PacketizedUnit(bytes, STARTS, true, 1, 2, 3);

    @Test
    void framed_anotherChannel_hasItsHeadersAndSharesThePackets() {
        ByteBuf framed = unit.framed(6);
        byte[] read = new byte[framed.readableBytes()];
        framed.getBytes(0, read);
        assertThat(read).containsExactly('$', 6, 0, 3, 1, 2, 3, '$', 6, 0, 1, 4);

        bytes.setByte(4, 9);
        assertThat(framed.getByte(4)).as("not a copy").isEqualTo((byte) 9);
        assertThat(unit.framed(0).getByte(1)).as("the header of channel 0").isZero();
    }

    @Test
    void framed_released_leavesTheUnit() {
        unit.framed(6).release();
        assertThat(bytes.refCnt()).isEqualTo(1);
        unit.release();
        assertThat(bytes.refCnt()).isZero();
    }
}
