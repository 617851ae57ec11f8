package dev.aerie.ingest.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.rtp.RtpPacketizer;
import dev.aerie.ingest.testing.TestVideo;
import dev.aerie.limits.ByteBudget;
import dev.aerie.video.AccessUnit;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class VideoSenderTest {

    private static final int FIRST_SEQUENCE = 65_530;
    private static final int TIME_OFFSET = 1_000_000;
    private static final List<AccessUnit> UNITS = TestVideo.units(20, 10);

    private final ByteBudget budget = new ByteBudget(1 << 20);
    private final List<byte[]> out = new ArrayList<>();

    @Test
    void catchUp_cachedGroup_endsAtTheTimeOfItsLatestFrame() {
        var sender = sender(budget);

        sender.catchUp(UNITS.subList(0, 5));
        sender.send(UNITS.get(5));
        flush(sender);

        assertThat(times())
                .containsExactly(12_000 - 4 * 90, 12_000 - 3 * 90, 12_000 - 180, 12_000 - 90, 12_000, 15_000);
        assertThat(sequences())
                .containsExactlyElementsOf(IntStream.range(0, out.size())
                        .mapToObj(i -> FIRST_SEQUENCE + i & 0xffff)
                        .toList());
    }

    @Test
    void restart_sendsTheGroupAsFarAsItWasSent_betweenTheLastFrameAndTheNext() {
        var sender = sender(budget);
        sender.catchUp(UNITS.subList(0, 1));
        sender.send(UNITS.get(1));
        flush(sender);
        out.clear();

        sender.restart(UNITS.subList(0, 3));
        sender.send(UNITS.get(2));
        flush(sender);

        assertThat(times()).containsExactly(3_000 + 90, 3_000 + 180, 6_000);
    }

    @Test
    void restart_withoutTheGroup_waitsForAnIdrFrame() {
        var sender = sender(budget);
        sender.catchUp(UNITS.subList(0, 2));
        flush(sender);
        out.clear();

        sender.restart(List.of());
        UNITS.subList(2, 12).forEach(sender::send);
        flush(sender);

        assertThat(times()).containsExactly(30_000, 33_000);
        assertThat(sender.dropped()).isEqualTo(8);
    }

    @Test
    void resend_aPacketThatIsKnown_isTheSameBytes() {
        var sender = sender(budget);
        sender.catchUp(UNITS.subList(0, 1));
        flush(sender);
        byte[] first = out.getFirst();
        out.clear();

        sender.resend(FIRST_SEQUENCE);
        sender.resend(77);

        assertThat(out).containsExactly(first);
        assertThat(sender.resent()).isEqualTo(1);
    }

    @Test
    void send_moreThanTheBudget_dropsUpToAnIdrFrameAndGivesAllBack() {
        int ofOne = UNITS.getFirst().sizeBytes();
        var small = new ByteBudget(ofOne + 200L);
        var sender = sender(small);
        sender.catchUp(UNITS.subList(0, 1));
        UNITS.subList(1, 9).forEach(sender::send);
        flush(sender);

        assertThat(sender.dropped()).isGreaterThan(0);
        assertThat(small.taken()).isPositive().isLessThanOrEqualTo(ofOne + 200L);
        sender.close();
        assertThat(small.taken()).isZero();
    }

    private VideoSender sender(ByteBudget budget) {
        var packetizer = new RtpPacketizer(ByteBufAllocator.DEFAULT, 7, FIRST_SEQUENCE, TIME_OFFSET, false);
        var srtp = new SrtpSender(new byte[SrtpKeys.KEY_BYTES], new byte[SrtpKeys.SALT_BYTES]);
        return new VideoSender(packetizer, srtp, 108, OptionalInt.of(4), budget, out::add);
    }

    private static void flush(VideoSender sender) {
        while (sender.flush()) {
            assertThat(sender.resent()).isZero();
        }
    }

    /// Of the packets with a marker, one for each frame.
    private List<Integer> times() {
        return out.stream()
                .filter(packet -> packet[1] < 0)
                .map(packet -> ByteBuffer.wrap(packet).getInt(4) - TIME_OFFSET)
                .toList();
    }

    private List<Integer> sequences() {
        return out.stream()
                .map(packet -> Short.toUnsignedInt(ByteBuffer.wrap(packet).getShort(2)))
                .toList();
    }
}
