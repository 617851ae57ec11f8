package dev.aerie.rtsp.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.rtsp.LossCause;
import dev.aerie.rtsp.NoSuchStreamException;
import dev.aerie.rtsp.ReconnectPolicy;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.RtspConsumer;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.VideoFrame;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class FfmpegRtspTest {

    private static final int UNITS = 20;
    private static final long CAPTURE_NANOS = 1_700_000_000_250_000_000L;
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_001);

    @Test
    void next_stampedStream_givesEachFrameItsIdentity() throws Exception {
        try (var server = new TinyRtspServer(BarStream.stamped(BarStream.encode(BarStream.SIZE, UNITS)), 0, true);
                var source = frames(config(server)).open()) {
            for (int i = 0; i < UNITS - 2; i++) {
                var frame = source.next();
                assertThat(frame.stamp()).isEqualTo(BarStream.stamp(i));
                assertThat(TestPatterns.numberIn(BarStream.SIZE, frame.bgr(), frame.strideBytes()))
                        .isEqualTo(i);
            }
        }
    }

    @Test
    void next_serverEnds_givesTheLastFrameToo() throws Exception {
        try (var server = new TinyRtspServer(BarStream.stamped(BarStream.encode(BarStream.SIZE, UNITS)), 0, true);
                var source = frames(config(server)).open()) {
            server.hangUp();
            for (int i = 0; i < UNITS; i++) {
                assertThat(source.next().stamp()).isEqualTo(BarStream.stamp(i));
            }
            assertThatThrownBy(source::next).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void next_foreignStreamWithSenderReports_takesTheirTime() throws Exception {
        try (var server = new TinyRtspServer(BarStream.encode(BarStream.SIZE, UNITS), CAPTURE_NANOS, true);
                var source = frames(config(server)).open()) {
            for (int i = 0; i < UNITS - 2; i++) {
                var frame = source.next();
                int bars = TestPatterns.numberIn(BarStream.SIZE, frame.bgr(), frame.strideBytes());
                assertThat(frame.stamp().id().session()).startsWith("local-");
                assertThat(frame.stamp().clock()).isEqualTo(CaptureClock.RTCP_SR);
                assertThat(frame.stamp().captureTimeNanos())
                        .isBetween(
                                CAPTURE_NANOS + bars * 40_000_000L - 100_000,
                                CAPTURE_NANOS + bars * 40_000_000L + 100_000);
            }
        }
    }

    /// A camera whose battery is dead, one that was never set, one of the next NTP era, one that is a week behind.
    @ParameterizedTest
    @ValueSource(
            longs = {-2_208_988_799_000_000_000L, 1_000_000_000L, 2_300_000_000_000_000_000L, 1_699_400_000_000_000_000L
            })
    void next_foreignStreamWithAnAbsurdClock_takesTheTimeOfArrival(long firstCaptureNanos) throws Exception {
        try (var server = new TinyRtspServer(BarStream.encode(BarStream.SIZE, UNITS), firstCaptureNanos, true);
                var source = frames(config(server)).open()) {
            for (int i = 0; i < UNITS - 2; i++) {
                var stamp = source.next().stamp();
                assertThat(stamp.clock()).isEqualTo(CaptureClock.ARRIVAL);
                assertThat(stamp.captureTimeNanos()).isEqualTo(NOW.getEpochSecond() * 1_000_000_000L);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 7_258_118_400_000_000_000L, Long.MAX_VALUE})
    void next_identityWithAnInvalidTime_hasTheTimeOfArrival(long captureTimeNanos) throws Exception {
        var units = BarStream.encode(BarStream.SIZE, UNITS);
        var absurd = units.stream()
                .map(unit -> unit.withStamp(new FrameStamp(
                        new FrameId("drone", BarStream.SESSION, 7), captureTimeNanos, CaptureClock.SENDER)))
                .toList();
        try (var server = new TinyRtspServer(absurd, 0, true);
                var source = frames(config(server)).open()) {
            var stamp = source.next().stamp();
            assertThat(stamp.id()).isEqualTo(new FrameId("drone", BarStream.SESSION, 7));
            assertThat(stamp.clock()).isEqualTo(CaptureClock.ARRIVAL);
            assertThat(stamp.captureTimeNanos()).isEqualTo(NOW.getEpochSecond() * 1_000_000_000L);
        }
    }

    @Test
    void accessUnits_stampedStream_areTheUnitsThatWereSent() throws Exception {
        var sent = BarStream.stamped(BarStream.encode(BarStream.SIZE, UNITS));
        try (var server = new TinyRtspServer(sent, CAPTURE_NANOS, true);
                var source = FfmpegAccessUnits.of(config(server)).open()) {
            for (int i = 0; i < UNITS - 2; i++) {
                AccessUnit unit = source.next();
                assertThat(unit.annexB()).isEqualTo(sent.get(i).annexB());
                assertThat(unit.stamp()).contains(BarStream.stamp(i));
                assertThat(source.captureTimeNanos().orElseThrow() - CAPTURE_NANOS - i * 40_000_000L)
                        .isBetween(-100_000L, 100_000L);
            }
        }
    }

    /// Of what the process has mapped; no test of this module opens a device.
    @Test
    @EnabledOnOs(OS.LINUX)
    void next_streamAndFile_loadNoDeviceLibrary(@TempDir Path folder) throws Exception {
        var units = BarStream.stamped(BarStream.encode(BarStream.SIZE, UNITS));
        try (var server = new TinyRtspServer(units, 0, true);
                var stream = frames(config(server)).open();
                var file = new FfmpegAccessUnits(VideoInput.file("file", BarStream.write(folder, units))).open()) {
            assertThat(stream.next()).isNotNull();
            assertThat(file.next()).isNotNull();
        }

        assertThat(Files.readString(Path.of("/proc/self/maps")))
                .contains("libavformat")
                .doesNotContain("libavdevice");
    }

    @Test
    void open_serverThatNeverAnswers_timesOut() throws Exception {
        try (var server = new TinyRtspServer(List.of(), 0, false)) {
            var opener = frames(config(server).withTimeouts(Duration.ofMillis(500), Duration.ofSeconds(20)));

            long begin = System.nanoTime();
            assertThatThrownBy(() -> openAndClose(opener)).isInstanceOf(SocketTimeoutException.class);
            assertThat(System.nanoTime() - begin)
                    .isLessThan(Duration.ofSeconds(5).toNanos());
        }
    }

    @Test
    void open_serverWithoutThatStream_throwsNoSuchStream() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var thread = Thread.ofPlatform().daemon().start(() -> answer(server, "404 Not Found"));
            var config = RtspConfig.of("drone", "rtsp://127.0.0.1:" + server.getLocalPort() + "/drone");

            assertThatThrownBy(() -> openAndClose(frames(config))).isInstanceOf(NoSuchStreamException.class);
            thread.join();
        }
    }

    /// A camera may be anybody's: it does not choose which other servers of our network are read.
    @Test
    void open_serverThatRedirects_isNotFollowed() throws Exception {
        try (var other = new TinyRtspServer(BarStream.encode(BarStream.SIZE, 5), 0, true);
                var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var thread =
                    Thread.ofPlatform().daemon().start(() -> answer(server, "302 Found\r\nLocation: " + other.url()));
            var config = RtspConfig.of("drone", "rtsp://127.0.0.1:" + server.getLocalPort() + "/drone");

            assertThatThrownBy(() -> openAndClose(frames(config)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("redirects elsewhere");
            thread.join();
        }
    }

    /// FFmpeg would take AV1 apart before anybody asked what it is, which in FFmpeg 8.0.1 lets a server run its code.
    @ParameterizedTest
    @ValueSource(strings = {"AV1", "VP9", "JPEG", "unheard-of"})
    void open_serverThatAnnouncesOtherVideo_isNotPlayed(String encoding) throws Exception {
        try (var server = new TinyRtspServer(BarStream.encode(BarStream.SIZE, 1), 0, true).announcing(encoding)) {
            assertThatThrownBy(() -> openAndClose(frames(config(server))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("other video than H.264 and H.265");
            assertThat(server.hasPlayed()).isFalse();
        }
    }

    /// FFmpeg would draw the text as video.
    @Test
    void open_textFile_isNoVideo(@TempDir Path folder) throws Exception {
        for (String name : List.of("secret.txt", "secret.ans", "secret.nfo", "list.m3u8", "list.ffconcat", "a.png")) {
            String text = switch (name) {
                case "list.m3u8" ->
                    "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n";
                case "list.ffconcat" -> "ffconcat version 1.0\nfile secret.txt\n";
                default -> "a secret of the server\n".repeat(100);
            };
            var input = VideoInput.file("drone", Files.writeString(folder.resolve(name), text));
            assertThatThrownBy(() -> openAndClose(input)).as(name).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> transcodeAndClose(input)).as(name).isInstanceOf(IOException.class);
        }
    }

    private static void openAndClose(VideoInput input) throws IOException {
        try (var source = new FfmpegAccessUnits(input).open()) {
            source.next();
        }
    }

    private static void transcodeAndClose(VideoInput input) throws IOException {
        try (var source = Transcoder.open(input)) {
            source.next();
        }
    }

    /// Answers every request of one connection with the same status.
    private static void answer(ServerSocket server, String status) {
        try (var socket = server.accept();
                var requests =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = requests.readLine();
            while (line != null) {
                if (line.startsWith("CSeq:")) {
                    var answer = "RTSP/1.0 " + status + "\r\n" + line + "\r\n\r\n";
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                }
                line = requests.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void open_interrupted_endsAtOnce() throws Exception {
        try (var server = new TinyRtspServer(List.of(), 0, false)) {
            var opener = frames(config(server).withTimeouts(Duration.ofMinutes(1), Duration.ofMinutes(1)));
            var ended = new CountDownLatch(1);
            var thread = Thread.ofPlatform().start(() -> {
                try (var _ = opener.open()) {
                    throw new IllegalStateException("opened");
                } catch (IOException _) {
                    ended.countDown();
                }
            });
            Eventually.holds("connected", () -> server.connections() > 0);
            thread.interrupt();

            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    @SuppressWarnings("try") // closing under the reader is what is tested
    void close_fromAnotherThread_endsTheWait() throws Exception {
        try (var server = new TinyRtspServer(BarStream.encode(BarStream.SIZE, 3), 0, true);
                var source = FfmpegAccessUnits.of(
                                config(server).withTimeouts(Duration.ofMinutes(1), Duration.ofMinutes(1)))
                        .open()) {
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

            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void open_refused_doesNotRevealThePassword() {
        var config = RtspConfig.of("drone", "rtsp://user:secret@127.0.0.1:1/drone");

        assertThatThrownBy(() -> openAndClose(frames(config)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("refused")
                .hasMessageNotContaining("secret");
        assertThat(config.toString() + VideoInput.of(config)).doesNotContain("secret");
    }

    @Test
    void consumer_silentSource_isReconnectedWithinTheTimeout() throws Exception {
        var stamps = new LinkedBlockingQueue<FrameStamp>();
        try (var server = new TinyRtspServer(BarStream.stamped(BarStream.encode(BarStream.SIZE, 5)), 0, true)) {
            var config = config(server)
                    .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(2))
                    .withProvider(new BackpressurePolicy.Block())
                    .withReconnect(
                            new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofSeconds(10)));
            try (var consumer = new Collector(config, stamps)) {
                consumer.start();
                for (int number : new int[] {0, 1, 2, 3, 0, 1, 2, 3}) { // the last is held until a next one comes
                    assertThat(stamps.poll(30, TimeUnit.SECONDS)).isEqualTo(BarStream.stamp(number));
                }
                assertThat(consumer.statistics().losses()).containsKey(LossCause.STALLED);
                assertThat(consumer.statistics().decodeP95()).isPositive();
            }
        }
    }

    private static final class Collector extends RtspConsumer<VideoFrame> {
        private final LinkedBlockingQueue<FrameStamp> stamps;

        Collector(RtspConfig config, LinkedBlockingQueue<FrameStamp> stamps) {
            super(config, frames(config), new Random(2));
            this.stamps = stamps;
        }

        @Override
        protected void accept(VideoFrame frame) {
            stamps.add(frame.stamp());
        }
    }

    private static void openAndClose(FfmpegFrames opener) throws IOException {
        try (var source = opener.open()) {
            source.next();
        }
    }

    private static RtspConfig config(TinyRtspServer server) {
        return RtspConfig.of("drone", server.url()).withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20));
    }

    private static FfmpegFrames frames(RtspConfig config) {
        return FfmpegFrames.of(config, InstantSource.fixed(NOW), new Random(1));
    }
}
