package dev.aerie.rtsp.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.CaptureClock;
import dev.aerie.rtsp.RtspConfig;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our own client in front of FFmpeg's decoder: what [FfmpegRtspTest] asks of FFmpeg's client, and no frame late.
@Timeout(120)
final class DecodedUnitsTest {

    private static final int UNITS = 20;
    private static final long CAPTURE_NANOS = 1_700_000_000_250_000_000L;
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_001);

    @Test
    void next_stampedStream_givesEachFrameItsIdentity_theLastWithoutAnotherBehindIt() throws Exception {
        try (var server = new TinyRtspServer(BarStream.stamped(BarStream.encode(BarStream.SIZE, UNITS)), 0, true);
                var source = frames(config(server)).open()) {
            for (int i = 0; i < UNITS; i++) {
                var frame = source.next();
                assertThat(frame.stamp()).isEqualTo(BarStream.stamp(i));
                assertThat(TestPatterns.numberIn(BarStream.SIZE, frame.bgr(), frame.strideBytes()))
                        .isEqualTo(i);
            }
            assertThat(source.skipped()).isZero();
        }
    }

    @Test
    void next_serverEnds_endsTheStream() throws Exception {
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
            for (int i = 0; i < UNITS; i++) {
                var stamp = source.next().stamp();
                assertThat(stamp.id().session()).startsWith("local-");
                assertThat(stamp.clock()).isEqualTo(CaptureClock.RTCP_SR);
                assertThat(stamp.captureTimeNanos())
                        .isBetween(
                                CAPTURE_NANOS + i * 40_000_000L - 100_000, CAPTURE_NANOS + i * 40_000_000L + 100_000);
            }
        }
    }

    /// No report at all, and reports from before 1970 and of a week ago.
    @ParameterizedTest
    @ValueSource(longs = {0, -2_208_988_799_000_000_000L, 1_699_400_000_000_000_000L})
    void next_foreignStreamWithoutAUsableReport_takesTheTimeOfArrival(long firstCaptureNanos) throws Exception {
        try (var server = new TinyRtspServer(BarStream.encode(BarStream.SIZE, 3), firstCaptureNanos, true);
                var source = frames(config(server)).open()) {
            for (int i = 0; i < 3; i++) {
                var stamp = source.next().stamp();
                assertThat(stamp.clock()).isEqualTo(CaptureClock.ARRIVAL);
                assertThat(stamp.captureTimeNanos()).isEqualTo(NOW.getEpochSecond() * 1_000_000_000L);
            }
        }
    }

    @Test
    void next_silence_timesOut() throws Exception {
        try (var server = new TinyRtspServer(BarStream.encode(BarStream.SIZE, 1), 0, true);
                var source = frames(config(server).withTimeouts(Duration.ofSeconds(20), Duration.ofMillis(200)))
                        .open()) {
            source.next();
            assertThatThrownBy(source::next).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    @SuppressWarnings("try") // closing under the reader is what is tested
    void close_fromAnotherThread_endsTheWait() throws Exception {
        try (var server = new TinyRtspServer(BarStream.encode(BarStream.SIZE, 3), 0, true);
                var source = frames(config(server)).open()) {
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
    void open_serverThatNeverAnswers_timesOut() throws Exception {
        try (var server = new TinyRtspServer(List.of(), 0, false)) {
            var opener = frames(config(server).withTimeouts(Duration.ofMillis(300), Duration.ofSeconds(20)));

            assertThatThrownBy(() -> opener.open().close()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static RtspConfig config(TinyRtspServer server) {
        return RtspConfig.of("drone", server.url()).withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20));
    }

    private static DecodedUnits frames(RtspConfig config) {
        return DecodedUnits.of(config, InstantSource.fixed(NOW), new Random(1));
    }
}
