package dev.aerie.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.rtp.RtpDepacketizer;
import dev.aerie.rtsp.NoSuchStreamException;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.ffmpeg.BarStream;
import dev.aerie.rtsp.ffmpeg.TinyRtspServer;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.NalUnit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TcpUnitsTest {

    private static final int UNITS = 20;
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void next_stampedStream_givesTheUnitsThatWereSent() throws Exception {
        var sent = BarStream.stamped(BarStream.encode(BarStream.SIZE, UNITS));
        try (var server = new TinyRtspServer(sent, BarStream.EPOCH_NANOS, true);
                var source = TcpUnits.live(config(server)).open()) {
            long first = 0;
            for (int i = 0; i < UNITS; i++) {
                AccessUnit unit = source.next();
                assertThat(unit.annexB()).isEqualTo(sent.get(i).annexB());
                assertThat(unit.stamp()).contains(BarStream.stamp(i));
                assertThat(unit.isIdr()).isEqualTo(sent.get(i).isIdr());
                first = i == 0 ? unit.ptsTicks90k() : first;
                assertThat(source.captureTimeNanos(unit.ptsTicks90k()).orElseThrow())
                        .isBetween(
                                BarStream.EPOCH_NANOS + i * 40_000_000L - 100_000,
                                BarStream.EPOCH_NANOS + i * 40_000_000L + 100_000);
                assertThat(unit.ptsTicks90k() - first).isEqualTo((long) i * BarStream.TICKS_PER_FRAME);
            }
        }
    }

    @Test
    void next_gathering_givesTheUnitsThatWereSent() throws Exception {
        var sent = BarStream.stamped(BarStream.encode(BarStream.SIZE, UNITS));
        try (var server = new TinyRtspServer(sent, BarStream.EPOCH_NANOS, true);
                var source = TcpUnits.recording(config(server), Duration.ofMillis(50))
                        .open()) {
            for (int i = 0; i < UNITS; i++) {
                AccessUnit unit = source.next();
                assertThat(unit.annexB()).isEqualTo(sent.get(i).annexB());
                assertThat(unit.nalUnits())
                        .extracting(NalUnit::bytes)
                        .isEqualTo(sent.get(i).nalUnits().stream()
                                .map(NalUnit::bytes)
                                .toList());
            }
        }
    }

    @Test
    void next_silence_givesTheLastUnitToo_andEndsInATimeout() throws Exception {
        try (var server = new TinyRtspServer(BarStream.encode(BarStream.SIZE, 2), 0, true);
                var source = TcpUnits.live(config(server).withTimeouts(LONG, Duration.ofMillis(100)))
                        .open()) {
            source.next();
            source.next();
            assertThatThrownBy(source::next).isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(source::next).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void open_serverThatNeverAnswers_timesOut() throws Exception {
        try (var server = new TinyRtspServer(List.of(), 0, false)) {
            var opener = TcpUnits.live(config(server).withTimeouts(Duration.ofMillis(300), LONG));

            assertThatThrownBy(() -> openAndClose(opener)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void open_serverWithoutThatStream_saysSo() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var thread = Thread.ofPlatform().daemon().start(() -> answerNotFound(server));
            var opener = TcpUnits.live(RtspConfig.of("drone", "rtsp://127.0.0.1:" + server.getLocalPort() + "/drone"));

            assertThatThrownBy(() -> openAndClose(opener)).isInstanceOf(NoSuchStreamException.class);
            thread.join();
        }
    }

    @Test
    void open_interrupted_ends() throws Exception {
        try (var server = new TinyRtspServer(List.of(), 0, false)) {
            var opener = TcpUnits.live(config(server).withTimeouts(LONG, LONG));
            var ended = new CountDownLatch(1);
            var thread = Thread.ofPlatform().start(() -> {
                try {
                    openAndClose(opener);
                } catch (IOException _) {
                    ended.countDown();
                }
            });
            Eventually.holds("connected", () -> server.connections() > 0);
            thread.interrupt();
            ended.await();
        }
    }

    @Test
    @SuppressWarnings("try") // closing under the reader is what is tested
    void close_fromAnotherThread_endsTheWait() throws Exception {
        try (var server = new TinyRtspServer(BarStream.encode(BarStream.SIZE, 3), 0, true);
                var source =
                        TcpUnits.live(config(server).withTimeouts(LONG, LONG)).open()) {
            source.next();
            var ended = new CountDownLatch(1);
            Thread.ofPlatform().start(() -> {
                try {
                    while (true) {
                        source.next();
                    }
                } catch (IOException _) {
                    ended.countDown();
                }
            });
            source.close();
            ended.await();
        }
    }

    @Test
    void open_refused_doesNotTellThePassword() {
        var opener = TcpUnits.live(RtspConfig.of("drone", "rtsp://user:secret@127.0.0.1:1/drone"));

        assertThatThrownBy(() -> openAndClose(opener))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("secret");
        assertThat(opener.toString()).doesNotContain("secret");
    }

    @Test
    void construct_otherTransport_isRefused() {
        var config = RtspConfig.of("drone", "rtsp://127.0.0.1/drone").withTransport(RtspConfig.Transport.UDP);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TcpUnits(config, Duration.ZERO, RtpDepacketizer.Recovery.NEXT_IDR));
    }

    private static void openAndClose(TcpUnits opener) throws IOException {
        try (var source = opener.open()) {
            source.next();
        }
    }

    private static RtspConfig config(TinyRtspServer server) {
        return RtspConfig.of("drone", server.url()).withTimeouts(LONG, LONG);
    }

    /// Answers every request of one connection that there is no such stream.
    private static void answerNotFound(ServerSocket server) {
        try (var socket = server.accept();
                var requests =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                if (line.startsWith("CSeq:")) {
                    var answer = "RTSP/1.0 404 Not Found\r\n" + line + "\r\n\r\n";
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
