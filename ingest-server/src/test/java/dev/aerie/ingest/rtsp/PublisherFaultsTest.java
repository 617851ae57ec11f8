package dev.aerie.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.push.StreamPublishing;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.rtp.RtpPacketizer;
import dev.aerie.ingest.rtp.SyntheticVideo;
import dev.aerie.ingest.stream.ClockOrigin;
import dev.aerie.ingest.stream.StreamLimits;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.rtp.SenderReport;
import dev.aerie.video.AccessUnit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RTSP publishers whose clocks are absurd, and faults behind them.
final class PublisherFaultsTest {

    private static final Pattern SERVER_PORT = Pattern.compile("server_port=(\\d+)-");

    private final Relay relay = new Relay();
    private final Streams streams = new Streams(
            relay,
            new StreamLimits(4, Duration.ofSeconds(3), Duration.ofSeconds(30), false),
            InstantSource.system(),
            System::nanoTime,
            RandomGenerator.of("L64X128MixRandom"));

    /// NTP's zero (1900, or 2036), a camera that was never set (1970), one of the year 2100, one a week behind.
    @ParameterizedTest
    @ValueSource(longs = {-2_208_988_800L, 12, 4_102_444_800L, -1})
    void record_senderReportThatCannotBe_framesHaveTheTimeOfArrival(long reportedSeconds) throws Exception {
        long now = streams.unixNanos();
        long reported = reportedSeconds == -1 ? now - Duration.ofDays(7).toNanos() : reportedSeconds * 1_000_000_000L;
        try (var server = server(new StreamPublishing(streams, "rtsp"));
                var client = new RawClient(server.port())) {
            publish(client, server, reported);
            var group = Eventually.gives(
                    "three frames",
                    () -> relay.find("cam").map(stream -> stream.cachedGroup()).orElse(List.of()),
                    units -> units.size() == 3);
            assertThat(group).allSatisfy(unit -> {
                var stamp = unit.stamp().orElseThrow();
                assertThat(stamp.clock()).isEqualTo(CaptureClock.ARRIVAL);
                assertThat(stamp.captureTimeNanos()).isBetween(now, now + 60_000_000_000L);
            });
            assertThat(streams.clockCheck().refused(ClockOrigin.SENDER_REPORT)).isEqualTo(3);
        }
    }

    @Test
    void record_senderReportThatCanBe_isTaken() throws Exception {
        long reported = streams.unixNanos() - Duration.ofHours(3).toNanos();
        try (var server = server(new StreamPublishing(streams, "rtsp"));
                var client = new RawClient(server.port())) {
            publish(client, server, reported);
            Eventually.holds(
                    "taken",
                    () -> relay.find("cam").stream()
                            .flatMap(stream -> stream.cachedGroup().stream())
                            .anyMatch(unit -> unit.stamp().orElseThrow().clock() == CaptureClock.RTCP_SR));
            assertThat(streams.clockCheck().refused(ClockOrigin.SENDER_REPORT)).isZero();
        }
    }

    /// By UDP nobody but the session hears of what is thrown.
    @Test
    void record_faultBehindAPublisherByUdp_endsItInWords_andNoOther() throws Exception {
        var ended = new CopyOnWriteArrayList<String>();
        var taken = new CopyOnWriteArrayList<AccessUnit>();
        PublishHandler handler = (stream, _) -> new PublishHandler.Publication() {
            @Override
            public void accept(AccessUnit unit, OptionalLong captureTimeNanos) {
                if (stream.equals("bad")) {
                    throw new IllegalStateException("broken on purpose");
                }
                taken.add(unit);
            }

            @Override
            public void ended(String cause) {
                ended.add(stream + ": " + cause);
            }
        };
        try (var server = server(handler);
                var bad = new RawClient(server.port());
                var good = new RawClient(server.port());
                var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            int badPort = recordByUdp(bad, server, "bad", socket);
            int goodPort = recordByUdp(good, server, "good", socket);
            sendFrames(socket, badPort);
            Eventually.holds("ended", () -> !ended.isEmpty());
            sendFrames(socket, goodPort);
            Eventually.holds("taken", () -> taken.size() == 3);
            assertThat(ended)
                    .singleElement()
                    .asString()
                    .startsWith("bad: internal error")
                    .contains("on purpose");
        }
    }

    private static int recordByUdp(RawClient client, RtspServer server, String stream, DatagramSocket socket)
            throws IOException {
        String url = "rtsp://127.0.0.1:" + server.port() + "/" + stream;
        int port = socket.getLocalPort();
        var answer =
                client.announce(url, "RTP/AVP;unicast;client_port=%d-%d;mode=record".formatted(port & ~1, port | 1));
        client.request("RECORD", url);
        var found = SERVER_PORT.matcher(String.valueOf(answer.headers().get("Transport")));
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private static void sendFrames(DatagramSocket socket, int port) throws IOException {
        var packetizer = new RtpPacketizer(Unpooled.buffer().alloc(), 7, 0, 0, false);
        for (AccessUnit unit : frames()) {
            var packets = packetizer.packetize(unit, 0);
            for (int i = 0; i < packets.packetCount(); i++) {
                byte[] bytes = bytes(packets.packet(i));
                socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
            }
            packets.release();
        }
    }

    private void publish(RawClient client, RtspServer server, long reportedNanos) throws IOException {
        String url = "rtsp://127.0.0.1:" + server.port() + "/cam";
        client.announce(url, "RTP/AVP/TCP;unicast;interleaved=0-1;mode=record");
        client.request("RECORD", url);
        var report = ByteBuffer.allocate(SenderReport.BYTES);
        new SenderReport(7, reportedNanos, 0, 0, 0).write(report);
        client.send(framed(1, report.array()));
        var packetizer = new RtpPacketizer(Unpooled.buffer().alloc(), 7, 0, 0, false);
        for (AccessUnit unit : frames()) {
            var packets = packetizer.packetize(unit, 0);
            client.send(bytes(packets.framed(0)));
            packets.release();
        }
    }

    private static List<AccessUnit> frames() {
        var frames = new ArrayList<AccessUnit>();
        for (int i = 0; i < 3; i++) {
            frames.add(i == 0 ? SyntheticVideo.idr(400, 0) : SyntheticVideo.delta(200, i * 3000L));
        }
        return frames;
    }

    private static byte[] framed(int channel, byte[] packet) {
        return bytes(Unpooled.buffer()
                .writeByte('$')
                .writeByte(channel)
                .writeShort(packet.length)
                .writeBytes(packet));
    }

    private static byte[] bytes(ByteBuf buffer) {
        var bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes).release();
        return bytes;
    }

    private RtspServer server(PublishHandler handler) throws IOException {
        var server = new RtspServer(RtspServerConfig.defaults("127.0.0.1", 0), relay, handler, InstantSource.system());
        server.start();
        return server;
    }
}
