package dev.aerie.ingest.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.rtp.RtpPacketizer;
import dev.aerie.ingest.testing.TestVideo;
import dev.aerie.limits.ByteBudget;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.MalformedVideoException;
import dev.aerie.video.VideoCodec;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Receives what our own sender sends, with and without loss.
final class VideoReceiverTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final byte[] KEY = new byte[SrtpKeys.KEY_BYTES];
    private static final byte[] SALT = new byte[SrtpKeys.SALT_BYTES];
    private static final int FIRST_SEQUENCE = 65_530;
    private static final List<AccessUnit> UNITS = TestVideo.units(30, 10);

    private final ByteBudget budget = new ByteBudget(1 << 20);
    private final List<byte[]> sent = new ArrayList<>();
    private final List<RtcpFeedback> asked = new ArrayList<>();
    private final SrtcpReceiver reports = new SrtcpReceiver(KEY, SALT);
    private final VideoSender sender = new VideoSender(
            new RtpPacketizer(ByteBufAllocator.DEFAULT, 7, FIRST_SEQUENCE, 0, false),
            new SrtpSender(KEY, SALT),
            96,
            OptionalInt.empty(),
            new ByteBudget(1 << 20),
            sent::add);
    private final VideoReceiver receiver = new VideoReceiver(
            "drone",
            new OfferedFormat(96, VideoCodec.H264, "", true),
            new DtlsServer.Exported(KEY, KEY, SALT, SALT),
            9,
            budget,
            datagram -> asked.add(RtcpFeedback.read(reports.unprotect(datagram).orElseThrow())),
            0);

    @Test
    void rtp_withoutLoss_isTheSameUnits() throws Exception {
        var units = receive(packetsOf(0, 12));

        assertThat(units).hasSize(12);
        for (int i = 0; i < units.size(); i++) {
            assertThat(units.get(i).annexB()).isEqualTo(UNITS.get(i).annexB());
        }
        assertThat(asked).isEmpty();
        receiver.close();
        assertThat(budget.taken()).isZero();
    }

    @Test
    void rtp_lostPacket_isAskedForAndItsFrameCompletedInOrder() throws Exception {
        var packets = packetsOf(0, 3);
        byte[] lost = packets.removeLast();
        packets.addAll(packetsOf(3, 5));

        assertThat(receive(packets)).hasSize(2);
        assertThat(asked).containsExactly(new RtcpFeedback(List.of(sequence(lost)), false));
        assertThat(receiver.isWaiting()).isTrue();
        assertThat(receiver.poll(20 * MILLI)).isEmpty();
        assertThat(asked).hasSize(1);
        assertThat(receiver.poll(60 * MILLI)).isEmpty();
        assertThat(asked).as("again after 50 ms").hasSize(2);

        var units = receiver.rtp(lost, 70 * MILLI).orElseThrow();

        assertThat(units).hasSize(3);
        assertThat(units.getFirst().annexB()).isEqualTo(UNITS.get(2).annexB());
        assertThat(receiver.isWaiting()).isFalse();
        assertThat(receiver.asked()).isEqualTo(2);
        assertThat(receiver.rtp(lost, 71 * MILLI)).as("replayed").isEmpty();
    }

    @Test
    void poll_packetThatDoesNotCome_isGivenUpAndAnIdrFrameAskedFor() throws Exception {
        var packets = packetsOf(0, 3);
        packets.removeLast();
        packets.addAll(packetsOf(3, 9));
        assertThat(receive(packets)).hasSize(2);
        assertThat(budget.taken()).isPositive();

        long late = 600 * MILLI;
        assertThat(receiver.poll(late)).isEmpty();

        assertThat(asked.getLast()).isEqualTo(new RtcpFeedback(List.of(), true));
        assertThat(receiver.isWaiting()).isFalse();
        for (byte[] packet : packetsOf(9, 10)) {
            assertThat(receiver.rtp(packet, late).orElseThrow())
                    .as("refers to what was lost")
                    .isEmpty();
        }
        var units = new ArrayList<AccessUnit>();
        for (byte[] packet : packetsOf(10, 12)) {
            units.addAll(receiver.rtp(packet, late).orElseThrow());
        }
        assertThat(units).hasSize(2);
        assertThat(units.getFirst().isIdr()).isTrue();
        assertThat(receiver.idrsAsked()).isEqualTo(1);
        receiver.poll(late + 1900 * MILLI);
        assertThat(receiver.idrsAsked()).isEqualTo(1);
        receiver.poll(late + 2100 * MILLI);
        assertThat(receiver.idrsAsked()).as("every other second").isEqualTo(2);
    }

    @Test
    void rtp_noBudget_losesPacketsAndHoldsNothing() throws Exception {
        var none = new VideoReceiver(
                "drone",
                new OfferedFormat(96, VideoCodec.H264, "", true),
                new DtlsServer.Exported(KEY, KEY, SALT, SALT),
                9,
                new ByteBudget(10),
                _ -> {},
                0);
        for (byte[] packet : packetsOf(0, 5)) {
            assertThat(none.rtp(packet, 0).orElseThrow()).isEmpty();
        }
    }

    @Test
    void report_afterLoss_tellsIt() throws Exception {
        var packets = packetsOf(0, 9);
        packets.remove(2);
        receive(packets);
        var raw = new ArrayList<byte[]>();
        var clear = new SrtcpReceiver(KEY, SALT);
        var reporting = new VideoReceiver(
                "drone",
                new OfferedFormat(96, VideoCodec.H264, "", true),
                new DtlsServer.Exported(KEY, KEY, SALT, SALT),
                9,
                budget,
                datagram -> raw.add(clear.unprotect(datagram).orElseThrow()),
                0);
        for (byte[] packet : packets) {
            reporting.rtp(packet, 0);
        }
        reporting.report(MILLI);

        var report = ByteBuffer.wrap(raw.getLast());
        assertThat(report.get(1) & 0xff).isEqualTo(201);
        assertThat(report.getInt(8)).isEqualTo(7);
        assertThat(report.getInt(12) & 0xff_ffff).isEqualTo(1);
        assertThat(report.getInt(12) >>> 24).isEqualTo(256 / (packets.size() + 1));
        assertThat(report.getInt(16)).isEqualTo(FIRST_SEQUENCE + packets.size());
        // REMB: 250,000 * 2^5 bits per second.
        assertThat(report.limit()).isEqualTo(56);
        assertThat(report.getInt(48)).isEqualTo(1 << 24 | 5 << 18 | 250_000);
    }

    private List<AccessUnit> receive(List<byte[]> packets) throws MalformedVideoException {
        var units = new ArrayList<AccessUnit>();
        for (byte[] packet : packets) {
            units.addAll(receiver.rtp(packet, 0).orElseThrow());
        }
        return units;
    }

    private List<byte[]> packetsOf(int from, int to) {
        sent.clear();
        UNITS.subList(from, to).forEach(sender::send);
        while (sender.flush()) {
            assertThat(sender.resent()).isZero();
        }
        return new ArrayList<>(sent);
    }

    private static int sequence(byte[] packet) {
        return Short.toUnsignedInt(ByteBuffer.wrap(packet).getShort(2));
    }
}
