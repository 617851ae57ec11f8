package dev.aerie.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Ulid;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameStampSeiTest {

    @Test
    void write_layout_isTheContracts() {
        var stamp = stamp(new Ulid(0x0102030405060708L, 0x090a0b0c0d0e0f10L), 0x0012131415161718L, 0x2122232425262728L);

        byte[] rbsp = FrameStampSei.write(VideoCodec.H264, stamp).rbsp();

        assertThat(rbsp).hasSize(2 + 50 + 1).startsWith(5, 50).endsWith(0x80);
        assertThat(ByteBuffer.wrap(rbsp, 18, 2).getShort()).isEqualTo((short) 0x0101);
        assertThat(ByteBuffer.wrap(rbsp, 20, 8).getLong()).isEqualTo(0x0102030405060708L);
        assertThat(ByteBuffer.wrap(rbsp, 28, 8).getLong()).isEqualTo(0x090a0b0c0d0e0f10L);
        assertThat(ByteBuffer.wrap(rbsp, 36, 8).getLong()).isEqualTo(0x0012131415161718L);
        assertThat(ByteBuffer.wrap(rbsp, 44, 8).getLong()).isEqualTo(0x2122232425262728L);
    }

    @ParameterizedTest
    @EnumSource(CaptureClock.class)
    void find_everyClock_roundTrips(CaptureClock clock) {
        var stamp = new FrameStamp(new FrameId("drone", new Ulid(1, 2).toString(), 3), 4, clock);

        assertThat(FrameStampSei.find("drone", List.of(FrameStampSei.write(VideoCodec.H264, stamp))))
                .contains(stamp);
    }

    @Test
    void find_numbersFullOfZerosAndThrees_roundTrip() {
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            var stamp = stamp(
                    new Ulid(sparse(random), sparse(random)),
                    sparse(random) & FrameId.MAX_FRAMES,
                    sparse(random) & (1L << 62) - 1);
            assertThat(FrameStampSei.find("drone", List.of(FrameStampSei.write(VideoCodec.H264, stamp))))
                    .contains(stamp);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 7_258_118_400_000_000_000L, Long.MAX_VALUE})
    void find_invalidTime_isUnknown(long captureTimeNanos) {
        var foreign = FrameStampSei.write(VideoCodec.H264, stamp(new Ulid(1, 2), 3, captureTimeNanos));

        assertThat(FrameStampSei.find("drone", List.of(foreign))).contains(stamp(new Ulid(1, 2), 3, 0));
    }

    @Test
    void find_invalidNumber_countsAsAbsent() {
        byte[] payload = SeiMessage.parse(FrameStampSei.write(VideoCodec.H264, stamp(new Ulid(1, 2), 3, 4)))
                .getFirst()
                .payload();
        for (long number : new long[] {-1, FrameId.MAX_FRAMES + 1, Long.MAX_VALUE}) {
            ByteBuffer.wrap(payload).putLong(34, number);
            assertThat(FrameStampSei.read("drone", ByteBuffer.wrap(payload))).isEmpty();
        }
    }

    @Test
    void withStamp_frameOfX264_standsBehindItsSeiInFrontOfTheSlices() throws Exception {
        var unit = Clips.unitsOf(Clips.slicesAndBFrames()).getFirst();
        var stamp = stamp(new Ulid(1, 2), 3, 4);

        var stamped = unit.withStamp(stamp);

        assertThat(unit.nalUnits().stream().map(NalUnit::type)).containsExactly(7, 8, 6, 5, 5, 5);
        assertThat(stamped.nalUnits().stream().map(NalUnit::type)).containsExactly(7, 8, 6, 6, 5, 5, 5);
        assertThat(FrameStampSei.find("drone", stamped.nalUnits())).contains(stamp);
        assertThat(stamped.stamp()).contains(stamp);
    }

    @Test
    void withStamp_stampedAlready_replacesItAndKeepsOtherMessages() throws Exception {
        var other = new SeiMessage(SeiMessage.USER_DATA_UNREGISTERED, new byte[300]);
        var first = stamp(new Ulid(1, 2), 3, 4);
        var ours = SeiMessage.parse(FrameStampSei.write(VideoCodec.H264, first)).getFirst();
        var slice = NalUnit.of(VideoCodec.H264, 0x65, new byte[] {(byte) 0x88, 1, 2, 3});
        var units = List.of(SeiMessage.write(VideoCodec.H264, 6, List.of(other, ours)), slice);
        var second = stamp(new Ulid(5, 6), 7, 8);

        var stamped = FrameStampSei.insert(VideoCodec.H264, units, second);

        assertThat(stamped).extracting(NalUnit::type).containsExactly(6, 6, 5);
        assertThat(SeiMessage.parse(stamped.getFirst())).hasSize(1);
        assertThat(FrameStampSei.find("drone", stamped)).contains(second);
        assertThat(FrameStampSei.find("drone", units)).contains(first);
    }

    @Test
    void assembler_stampedStream_carriesTheStamps() throws Exception {
        var stamp = stamp(new Ulid(1, 2), 3, 4);
        var unit = Clips.unitsOf(Clips.delimiters()).getFirst().withStamp(stamp);
        var bytes = new byte[unit.sizeBytes()];
        unit.annexB().get(bytes);

        assertThat(Clips.unitsOf(bytes).getFirst().stamp()).contains(stamp);
    }

    @Test
    void read_localSession_isThatSessionAgain() {
        var id = new FrameId("drone", "local-" + new Ulid(5, 6), 7);
        var stamp = new FrameStamp(id, 8, CaptureClock.ARRIVAL);
        var slice = NalUnit.of(VideoCodec.H264, 0x65, new byte[] {(byte) 0x88, 1, 2, 3});

        assertThat(FrameStampSei.find("drone", FrameStampSei.insert(VideoCodec.H264, List.of(slice), stamp)))
                .contains(stamp);
    }

    @Test
    void write_sessionThatIsNoUlid_isRefused() {
        var stamp = new FrameStamp(new FrameId("drone", "local-1", 0), 0, CaptureClock.ARRIVAL);

        assertThatThrownBy(() -> FrameStampSei.write(VideoCodec.H264, stamp))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static FrameStamp stamp(Ulid session, long frameNumber, long captureTimeNanos) {
        return new FrameStamp(
                new FrameId("drone", session.toString(), frameNumber), captureTimeNanos, CaptureClock.SENDER);
    }

    private static long sparse(Random random) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (random.nextInt(4) == 0 ? random.nextInt(5) : 0);
        }
        return value;
    }
}
