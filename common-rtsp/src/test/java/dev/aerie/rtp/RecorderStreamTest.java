package dev.aerie.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.rtsp.ffmpeg.BarStream;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.MalformedVideoException;
import dev.aerie.video.NalUnit;
import dev.aerie.video.VideoCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RecorderStreamTest {

    private static final int FRAMES = 12;
    private static final int ROOM_IN_FRONT = 4;

    private final List<AccessUnit> got = new ArrayList<>();
    private int sequence = 65_530;

    @Test
    void push_framesAsAggregates_givesThemBack() throws Exception {
        var sent = BarStream.stamped(BarStream.encode(BarStream.SIZE, FRAMES));
        var depacketizer = depacketizer();
        for (AccessUnit unit : sent) {
            got.addAll(depacketizer.push(RtpPacket.parse(aggregate(unit))));
        }

        assertThat(got).hasSize(FRAMES - 1);
        for (int i = 0; i < got.size(); i++) {
            assertThat(got.get(i).annexB()).isEqualTo(sent.get(i).annexB());
        }
    }

    @Test
    void push_packetMissing_dropsWhatIsTornAndGoesOn() throws Exception {
        var sent = BarStream.stamped(BarStream.encode(BarStream.SIZE, FRAMES));
        var depacketizer = depacketizer();
        for (int i = 0; i < FRAMES; i++) {
            sequence += i == 5 ? 1 : 0;
            got.addAll(depacketizer.push(RtpPacket.parse(aggregate(sent.get(i)))));
        }

        assertThat(depacketizer.droppedUnits())
                .as("the one in front of the gap and the one behind it")
                .isEqualTo(2);
        assertThat(got)
                .extracting(unit -> unit.stamp().orElseThrow().id().frameNumber())
                .containsExactly(0L, 1L, 2L, 3L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void end_markedUnitWithADelimiterBehindIt_givesItBack() throws Exception {
        var sent = BarStream.stamped(BarStream.encode(BarStream.SIZE, FRAMES));
        var depacketizer = depacketizer();
        for (AccessUnit unit : sent) {
            got.addAll(depacketizer.push(RtpPacket.parse(marked(aggregate(unit)))));
            got.addAll(depacketizer.push(RtpPacket.parse(delimiter(unit.ptsTicks90k() + 3_000))));
        }
        got.addAll(depacketizer.end());

        assertThat(got).hasSize(FRAMES);
        assertThat(got.getLast().annexB()).isEqualTo(sent.getLast().annexB());
    }

    @Test
    void end_withoutTheLastPacketOfAUnit_dropsIt() throws Exception {
        var sent = BarStream.stamped(BarStream.encode(BarStream.SIZE, 2));
        var depacketizer = depacketizer();
        got.addAll(depacketizer.push(RtpPacket.parse(marked(aggregate(sent.getFirst())))));
        got.addAll(depacketizer.push(RtpPacket.parse(delimiter(sent.getLast().ptsTicks90k()))));
        got.addAll(depacketizer.push(RtpPacket.parse(aggregate(sent.getLast()))));
        got.addAll(depacketizer.end());

        assertThat(got).hasSize(1);
    }

    @Test
    void push_noise_isNoUnitAndNoError() throws Exception {
        var random = new Random(7);
        var depacketizer = depacketizer();
        int malformed = 0;
        for (int i = 0; i < 2_000; i++) {
            var noise = new byte[ROOM_IN_FRONT + random.nextInt(60)];
            random.nextBytes(noise);
            var packet = ByteBuffer.wrap(noise).position(ROOM_IN_FRONT);
            if (packet.remaining() > 2) {
                packet.put(ROOM_IN_FRONT, (byte) (0x80 | (noise[ROOM_IN_FRONT] & 0x3f)))
                        .put(ROOM_IN_FRONT + 1, (byte) 96);
            }
            try {
                got.addAll(depacketizer.push(RtpPacket.parse(packet)));
            } catch (MalformedPacketException _) {
                malformed++;
            } catch (MalformedVideoException _) {
                depacketizer = depacketizer(); // the stream is given up
            }
        }

        assertThat(malformed).isPositive();
        assertThat(got).allSatisfy(unit -> assertThat(unit.stamp()).isEmpty());
    }

    private static RtpDepacketizer depacketizer() {
        return new RtpDepacketizer(
                "drone", VideoCodec.H264, ByteBuffer.allocate(0), RtpDepacketizer.Recovery.NEXT_UNIT);
    }

    private static ByteBuffer marked(ByteBuffer packet) {
        return packet.put(ROOM_IN_FRONT + 1, (byte) (0x80 | 96));
    }

    private ByteBuffer delimiter(long timeTicks90k) {
        var packet = ByteBuffer.allocate(ROOM_IN_FRONT + 14).position(ROOM_IN_FRONT);
        packet.put((byte) 0x80).put((byte) 96).putShort((short) sequence++);
        packet.putInt((int) timeTicks90k).putInt(1).put((byte) 9).put((byte) 0xf0);
        return packet.flip().position(ROOM_IN_FRONT);
    }

    /// All NAL units of a small frame in one packet (RFC 6184, section 5.7.1).
    private ByteBuffer aggregate(AccessUnit unit) {
        var packet =
                ByteBuffer.allocate(ROOM_IN_FRONT + 64 + 2 * unit.sizeBytes()).position(ROOM_IN_FRONT);
        packet.put((byte) 0x80).put((byte) 96).putShort((short) sequence++);
        packet.putInt((int) unit.ptsTicks90k()).putInt(1).put((byte) 24);
        for (NalUnit nal : unit.nalUnits()) {
            packet.putShort((short) nal.sizeBytes()).put(nal.bytes());
        }
        return packet.flip().position(ROOM_IN_FRONT);
    }
}
