package dev.aerie.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.stream.CaptureTime;
import dev.aerie.ingest.stream.StreamLimits;
import dev.aerie.ingest.stream.StreamState;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.testing.TestVideo;
import dev.aerie.messages.InvalidFieldException;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.threads.ThreadFailures;
import dev.aerie.video.AccessUnit;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a source throws ends its input, is shown, and is tried again; the other sources go on.
final class SourceFaultsTest {

    private static final List<AccessUnit> UNITS = TestVideo.units(2, 1);
    private static final SourceSpec CARD = new SourceSpec.TestPattern(64, 64, 30);

    private final Streams streams = new Streams(
            new Relay(),
            new StreamLimits(16, Duration.ofSeconds(3), Duration.ofSeconds(30), false),
            InstantSource.system(),
            System::nanoTime,
            RandomGenerator.of("L64X128MixRandom"));
    private final AtomicInteger faults = new AtomicInteger();
    private Supplier<SourceInput> broken = Playing::new;
    private final Sources sources =
            new Sources((stream, _, _) -> stream.startsWith("bad") ? broken.get() : new Playing(), streams, 16);

    @AfterEach
    void close() {
        sources.close();
        streams.close();
    }

    static List<Throwable> thrown() {
        return List.of(
                new IllegalArgumentException("Nul character not allowed"),
                new NullPointerException(),
                new UnsatisfiedLinkError("libpulse.so.0: cannot open shared object file"),
                new NoClassDefFoundError("Could not initialize class org.bytedeco.ffmpeg.global.avdevice"),
                new OutOfMemoryError("Physical memory usage is too high"),
                new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void open_thatThrows_isReportedAndRetried(Throwable thrown) {
        broken = () -> faults.getAndIncrement() == 0 ? fail(thrown) : new Playing();
        playsAfterAFault(thrown);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void next_thatThrows_isReportedAndRetried(Throwable thrown) {
        broken = () -> faults.getAndIncrement() == 0 ? new Breaking(thrown) : new Playing();
        playsAfterAFault(thrown);
    }

    private void playsAfterAFault(Throwable thrown) {
        sources.put("good", CARD);
        sources.put("bad", CARD);
        var shown = Eventually.gives(
                "the fault is shown",
                () -> sources.find("bad").orElseThrow(),
                source -> source.state() == SourceState.RETRYING);
        assertThat(shown.lastError())
                .contains("the source failed", thrown.getClass().getSimpleName());
        sources.restart("bad");
        Eventually.holds("plays", () -> isLive("bad") && isLive("good"));
        assertThat(ThreadFailures.now()).doesNotContainKey("source-bad");
    }

    @Test
    void fault_byItself_isTriedAgain() {
        broken = () -> faults.getAndIncrement() == 0 ? fail(new IllegalStateException("once")) : new Playing();
        sources.put("bad", CARD);
        Eventually.holds("plays", () -> isLive("bad"));
    }

    @Test
    void close_thatThrows_isReportedAndRetried() {
        broken = () -> faults.getAndIncrement() == 0
                ? new Playing() {
                    @Override
                    public Frame next() throws IOException {
                        throw new IOException("lost");
                    }

                    @Override
                    public void close() {
                        throw new IllegalStateException("broken on purpose");
                    }
                }
                : new Playing();
        sources.put("bad", CARD);
        Eventually.holds("plays", () -> isLive("bad"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tmp/a\u0000b", "\u0000", "/tmp/line\nbreak", " ", "http://x/"})
    void path_thatNamesNoFile_isRefusedAtTheDoor(String path) {
        assertThatExceptionOfType(InvalidFieldException.class)
                .isThrownBy(() -> new SourceSpec.VideoFile(path, true))
                .withMessageContaining("path must be the path of a video file");
        assertThat(ConfiguredSources.isValid("clip=file:" + path)).isFalse();
    }

    /// Each hanging input ends only when all of them were asked to: closed one after another, none would.
    @Test
    @Timeout(9)
    void close_sevenSourcesThatHang_endSideBySide() {
        var opened = new CountDownLatch(7);
        var asked = new CountDownLatch(7);
        broken = () -> new Hanging(opened, asked);
        for (int i = 0; i < 7; i++) {
            sources.put("bad" + i, CARD);
        }
        Eventually.holds("all hang", () -> opened.getCount() == 0);
        sources.close();
        assertThat(asked.getCount()).isZero();
        assertThat(sources.names()).isEmpty();
    }

    private boolean isLive(String stream) {
        return streams.find(stream)
                .filter(publication -> publication.state() == StreamState.LIVE)
                .isPresent();
    }

    private static SourceInput fail(Throwable thrown) {
        throw raised(thrown);
    }

    private static RuntimeException raised(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }

    private static class Playing implements SourceInput {

        private long frame;

        @Override
        public Frame next() throws IOException {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            var unit = UNITS.get(0).withPtsTicks90k(3000 * frame++);
            return new Frame(unit, CaptureTime.byArrival(InstantSource.system().millis() * 1_000_000));
        }

        @Override
        public void close() {}
    }

    private static final class Breaking extends Playing {

        private final Throwable thrown;
        private int frames;

        Breaking(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public Frame next() throws IOException {
            if (frames++ == 3) {
                throw raised(thrown);
            }
            return super.next();
        }
    }

    private record Hanging(CountDownLatch opened, CountDownLatch asked) implements SourceInput {

        @Override
        public Frame next() throws IOException {
            opened.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                asked.countDown();
                awaitAll();
            }
            throw new IOException("ended");
        }

        private void awaitAll() {
            try {
                asked.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {}
    }
}
