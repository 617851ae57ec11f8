package dev.aerie.ingest.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.testing.TestVideo;
import dev.aerie.rtp.RtpDepacketizer;
import dev.aerie.rtp.RtpPacket;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.NalKind;
import dev.aerie.video.NalUnit;
import dev.aerie.video.VideoCodec;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H265RoundTripTest {

    private final RtpPacketizer packetizer =
            new RtpPacketizer(PooledByteBufAllocator.DEFAULT, 0x1234, 65_530, 77, true);
    private final RtpDepacketizer depacketizer =
            new RtpDepacketizer("s", VideoCodec.H265, ByteBuffer.allocate(0), RtpDepacketizer.Recovery.NEXT_IDR);

    @Test
    void depacketize_aClip_isTheSame() throws Exception {
        var clip = TestVideo.h265Units();
        var received = new ArrayList<AccessUnit>();
        for (AccessUnit unit : clip) {
            received.addAll(push(packets(unit)));
        }

        assertThat(received).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(withoutDelimiter(received.get(i))).isEqualTo(withoutDelimiter(clip.get(i)));
            assertThat(received.get(i).isIdr()).isEqualTo(i % 10 == 0);
            assertThat(received.get(i).ptsTicks90k()).isEqualTo(clip.get(i).ptsTicks90k() + 77);
        }
    }

    /// Around the sizes where a NAL unit needs one more packet.
    @ParameterizedTest
    @ValueSource(ints = {1398, 1400, 1401, 1402, 2794, 2795, 2796, 2797, 250_000})
    void depacketize_unitsOfAnySize_areTheSame(int sliceBytes) throws Exception {
        var slice = new byte[sliceBytes];
        Arrays.fill(slice, (byte) 0x55);
        var head = HexFormat.of().parseHex("2601af"); // first slice of an IDR frame, PPS 0
        byte[] sets = parameterSets();
        var all = ByteBuffer.allocate(sets.length + 4 + sliceBytes);
        System.arraycopy(head, 0, slice, 0, 3);
        all.put(sets).putInt(1).put(slice);
        var unit = new AccessUnit(VideoCodec.H265, all.array(), true, 0, Optional.empty());
        var packets = packets(unit);

        assertThat(packets).allMatch(packet -> packet.payload().remaining() <= 1400);
        assertThat(push(packets)).extracting(AccessUnit::annexB).containsExactly(unit.annexB());
    }

    /// The next frame's time, no marker: a parser that waits for the end of a frame sees it.
    @Test
    void packetize_unitAfterAnother_isFollowedByADelimiterOfTheNextTime() throws Exception {
        var clip = TestVideo.h265Units();
        packets(clip.get(0));
        var packets = packets(clip.get(1));
        var delimiter = packets.getLast();

        assertThat(ByteBufUtil.hexDump(
                        Unpooled.wrappedBuffer(delimiter.payload().duplicate())))
                .isEqualTo("460150");
        assertThat(delimiter.timestamp()).isEqualTo(6000 + 77);
        assertThat(delimiter.marker()).isFalse();
        assertThat(packets.get(packets.size() - 2).marker()).isTrue();
    }

    private static byte[] parameterSets() {
        var sets = TestVideo.h265Units().getFirst().nalUnits().stream()
                .filter(nal -> nal.kind().isParameterSet())
                .toList();
        var bytes = ByteBuffer.allocate(
                sets.stream().mapToInt(nal -> 4 + nal.sizeBytes()).sum());
        sets.forEach(nal -> bytes.putInt(1).put(nal.bytes()));
        return bytes.array();
    }

    private static List<Object> withoutDelimiter(AccessUnit unit) {
        return unit.nalUnits().stream()
                .filter(nal -> nal.kind() != NalKind.DELIMITER)
                .map((NalUnit nal) -> (Object) nal.bytes())
                .toList();
    }

    private List<AccessUnit> push(List<RtpPacket> packets) throws Exception {
        var received = new ArrayList<AccessUnit>();
        for (RtpPacket packet : packets) {
            received.addAll(depacketizer.push(packet));
        }
        return received;
    }

    private List<RtpPacket> packets(AccessUnit unit) throws Exception {
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
