package dev.aerie.ingest.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.rtp.MalformedPacketException;
import dev.aerie.rtp.RtpDepacketizer;
import dev.aerie.rtp.RtpPacket;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.NalKind;
import dev.aerie.video.VideoCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H264RoundTripTest {

    private final RtpPacketizer packetizer =
            new RtpPacketizer(PooledByteBufAllocator.DEFAULT, 0x1234, 65_530, 77, true);

    @ParameterizedTest
    @ValueSource(ints = {3, 1399, 1400, 1401, 2797, 2798, 250_000})
    void depacketize_whatWasPacketized_isTheSame(int sliceBytes) throws Exception {
        var units = List.of(
                SyntheticVideo.idr(sliceBytes, 0),
                SyntheticVideo.delta(sliceBytes, 3000),
                SyntheticVideo.delta(sliceBytes, 6000));
        var received = new ArrayList<AccessUnit>();
        var depacketizer = depacketizer(new byte[0]);
        for (AccessUnit unit : units) {
            for (RtpPacket packet : packets(unit)) {
                assertThat(packet.payload().remaining()).isLessThanOrEqualTo(1400);
                received.addAll(depacketizer.push(packet));
            }
        }
        assertThat(received).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(withoutDelimiter(received.get(i))).isEqualTo(withoutDelimiter(units.get(i)));
            assertThat(received.get(i).isIdr()).isEqualTo(units.get(i).isIdr());
            assertThat(received.get(i).ptsTicks90k()).isEqualTo(units.get(i).ptsTicks90k() + 77);
        }
    }

    @Test
    void packetize_unitAfterAnother_isFollowedByADelimiterOfTheNextTime() throws Exception {
        packets(SyntheticVideo.idr(100, 0));
        var packets = packets(SyntheticVideo.delta(100, 3000));
        var delimiter = packets.getLast();
        assertThat(delimiter.payload().get(0)).isEqualTo((byte) 9);
        assertThat(delimiter.timestamp()).isEqualTo(6000 + 77);
        assertThat(delimiter.marker()).isFalse();
        assertThat(packets.get(packets.size() - 2).marker()).isTrue();
    }

    @Test
    void packetize_reorderedFrames_getNoDelimiter() throws Exception {
        packets(SyntheticVideo.idr(100, 0));
        packets(SyntheticVideo.delta(100, 9000));
        var packets = packets(SyntheticVideo.delta(100, 3000));
        assertThat(packets).hasSize(1);
    }

    @Test
    void packetize_cachedGroupAgainForTheNextReader_stillGetsDelimiters() throws Exception {
        for (int round = 0; round < 2; round++) {
            packets(SyntheticVideo.idr(100, 0));
            packets(SyntheticVideo.delta(100, 3000));
            var packets = packets(SyntheticVideo.delta(100, 6000));
            assertThat(packets).as("round " + round).hasSize(2);
        }
    }

    @Test
    void push_lostFragment_dropsUpToTheNextIdr() throws Exception {
        var depacketizer = depacketizer(new byte[0]);
        assertThat(push(depacketizer, SyntheticVideo.idr(5000, 0), -1)).hasSize(1);
        assertThat(push(depacketizer, SyntheticVideo.delta(5000, 3000), 1)).isEmpty();
        assertThat(push(depacketizer, SyntheticVideo.delta(5000, 6000), -1)).isEmpty();
        assertThat(push(depacketizer, SyntheticVideo.idr(5000, 9000), -1)).hasSize(1);
        assertThat(depacketizer.droppedUnits()).isEqualTo(2);
    }

    @Test
    void push_withoutParameterSetsInBand_usesThoseOfTheSdp() throws Exception {
        var depacketizer = depacketizer(SyntheticVideo.parameterSets());
        var idr = SyntheticVideo.idr(500, 0);
        var units = push(depacketizer, idr, 0, 1);
        assertThat(units).hasSize(1);
        assertThat(units.getFirst().annexB()).isEqualTo(idr.annexB());
    }

    @Test
    void push_stapA_isTakenApart() throws Exception {
        var sets = SyntheticVideo.parameterSets();
        ByteBuf rtp = Unpooled.buffer().writeBytes(new byte[] {(byte) 0x80, 96, 0, 1, 0, 0, 0, 9, 0, 0, 0, 0});
        int spsBytes = 21;
        rtp.writeByte(24).writeShort(spsBytes).writeBytes(sets, 4, spsBytes);
        rtp.writeShort(4).writeBytes(sets, 8 + spsBytes, 4);
        var depacketizer = depacketizer(new byte[0]);
        assertThat(depacketizer.push(RtpPacket.parse(rtp.nioBuffer()))).isEmpty();
        ByteBuf slice =
                Unpooled.buffer().writeBytes(new byte[] {(byte) 0x80, (byte) 224, 0, 2, 0, 0, 0, 9, 0, 0, 0, 0});
        slice.writeBytes(new byte[] {0x65, (byte) 0x88, (byte) 0x9f, (byte) 0xff, (byte) 0xff, (byte) 0xff});
        assertThat(depacketizer.push(RtpPacket.parse(slice.nioBuffer()))).hasSize(1);
    }

    @Test
    void parse_versionOne_namesTheRule() {
        assertThatThrownBy(() -> RtpPacket.parse(ByteBuffer.allocate(12)))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessageContaining("version 0, want 2 (RFC 3550, 5.1)");
    }

    private static RtpDepacketizer depacketizer(byte[] parameterSets) {
        return new RtpDepacketizer(
                "s", VideoCodec.H264, ByteBuffer.wrap(parameterSets), RtpDepacketizer.Recovery.NEXT_IDR);
    }

    private List<AccessUnit> push(RtpDepacketizer depacketizer, AccessUnit unit, Integer... lost) throws Exception {
        var received = new ArrayList<AccessUnit>();
        var packets = packets(unit);
        for (int i = 0; i < packets.size(); i++) {
            if (!List.of(lost).contains(i)) {
                received.addAll(depacketizer.push(packets.get(i)));
            }
        }
        return received;
    }

    private static List<Object> withoutDelimiter(AccessUnit unit) {
        return unit.nalUnits().stream()
                .filter(nal -> nal.kind() != NalKind.DELIMITER)
                .map(nal -> (Object) nal.bytes())
                .toList();
    }

    private List<RtpPacket> packets(AccessUnit unit) throws MalformedPacketException {
        var packetized = packetizer.packetize(unit, 0);
        var packets = new ArrayList<RtpPacket>();
        for (int i = 0; i < packetized.packetCount(); i++) {
            var packet = packetized.packet(i);
            packets.add(RtpPacket.parse(ByteBuffer.wrap(ByteBufUtil.getBytes(packet))));
            packet.release();
        }
        packetized.release();
        return packets;
    }
}
