package dev.aerie.ingest.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.relay.RelayReader;
import dev.aerie.ingest.testing.TestVideo;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.threads.ThreadFailures;
import dev.aerie.video.AccessUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What listeners, readers and publishers do wrong costs nobody else anything.
final class StreamsFaultsTest {

    private static final List<AccessUnit> UNITS = TestVideo.units(6, 6);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
    private static final CaptureTime NOW = CaptureTime.byArrival(1_700_000_000_000_000_000L);
    private static final StreamLimits LIMITS =
            new StreamLimits(4, Duration.ofSeconds(3), Duration.ofSeconds(30), false);

    private final Relay relay = new Relay();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void listener_thatThrows_costsNeitherTheStreamNorTheOthers() throws Exception {
        var streams = new Streams(relay, LIMITS, CLOCK, nanos::get, random());
        var heard = new CopyOnWriteArrayList<String>();
        streams.addListener(_ -> {
            throw new IllegalStateException("broken on purpose");
        });
        streams.addListener(_ -> {
            throw new NoClassDefFoundError("broken/on/Purpose");
        });
        streams.addListener(change -> heard.add(change.getClass().getSimpleName()));
        long failures = failures();
        var publication = streams.open("drone", "test", () -> {});
        for (AccessUnit unit : UNITS) {
            assertThat(publication.publish(unit, NOW)).isTrue();
        }
        publication.end("done");
        Eventually.holds("both heard of", () -> heard.equals(List.of("Started", "Ended")));
        assertThat(failures() - failures).isEqualTo(4);
        streams.close();
    }

    @Test
    void listener_thatHangs_stopsNoStream() throws Exception {
        var streams = new Streams(relay, LIMITS, CLOCK, nanos::get, random());
        var let = new CountDownLatch(1);
        var heard = new CopyOnWriteArrayList<StreamChange>();
        streams.addListener(change -> {
            heard.add(change);
            awaitQuietly(let);
        });
        var first = streams.open("drone", "test", () -> {});
        first.publish(UNITS.get(0), NOW);
        Eventually.holds("the listener hangs", () -> heard.size() == 1);
        assertThat(first.publish(UNITS.get(1), NOW)).isTrue();
        first.end("done");
        var second = streams.open("gate", "test", () -> {});
        assertThat(second.publish(UNITS.get(0), NOW)).isTrue();
        nanos.addAndGet(Duration.ofSeconds(4).toNanos());
        streams.watch();
        assertThat(second.state()).isEqualTo(StreamState.STALLED);
        let.countDown();
        streams.close();
        assertThat(heard)
                .extracting(change -> change.getClass().getSimpleName())
                .containsExactly("Started", "Ended", "Started", "Stalled", "Ended");
    }

    @Test
    void watch_oneStreamThatCannotBeWatched_theOthersAreAndItIsNamed() throws Exception {
        var broken = new AtomicBoolean();
        Executor once = task -> {
            if (broken.getAndSet(false)) {
                throw new IllegalStateException("broken on purpose");
            }
            task.run();
        };
        var streams = new Streams(relay, LIMITS, CLOCK, nanos::get, random(), once);
        streams.addListener(_ -> {});
        var all = List.of(
                streams.open("one", "test", () -> {}),
                streams.open("two", "test", () -> {}),
                streams.open("three", "test", () -> {}));
        for (Publication each : all) {
            each.publish(UNITS.get(0), NOW);
        }
        nanos.addAndGet(Duration.ofSeconds(4).toNanos());
        broken.set(true);
        assertThatIllegalStateException().isThrownBy(streams::watch).withMessageContaining("stream ");
        assertThat(all).allMatch(each -> each.state() == StreamState.STALLED);
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        streams.watch();
        assertThat(all).allMatch(each -> each.state() == StreamState.ENDED);
    }

    @Test
    void publisher_thatThrowsWhenRevoked_losesTheStreamAllTheSame() throws Exception {
        var streams = new Streams(relay, LIMITS, CLOCK, nanos::get, random(), Runnable::run);
        var first = streams.open("drone", "test", () -> {
            throw new IllegalStateException("broken on purpose");
        });
        first.publish(UNITS.get(0), NOW);
        nanos.addAndGet(Duration.ofSeconds(4).toNanos());
        assertThat(streams.open("drone", "test", () -> {}).publish(UNITS.get(0), NOW))
                .isTrue();
        assertThat(first.state()).isEqualTo(StreamState.ENDED);
    }

    @Test
    void reader_thatThrowsAnError_isRemovedAndThePublisherNeverNotices() throws Exception {
        var streams = new Streams(relay, LIMITS, CLOCK, nanos::get, random(), Runnable::run);
        var publication = streams.open("drone", "test", () -> {});
        publication.publish(UNITS.get(0), NOW);
        var stream = relay.find("drone").orElseThrow();
        stream.subscribe(new RelayReader() {
            @Override
            public void accept(AccessUnit unit) {
                throw new OutOfMemoryError("broken on purpose");
            }

            @Override
            public void ended() {}
        });
        assertThat(publication.publish(UNITS.get(1), NOW)).isTrue();
        assertThat(stream.readerCount()).isZero();
    }

    private static long failures() {
        return ThreadFailures.counts().getOrDefault("stream-changes", 0L);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RandomGenerator random() {
        return RandomGenerator.of("L64X128MixRandom");
    }
}
