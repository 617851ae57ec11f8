package dev.aerie.ingest.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.testing.TestVideo;
import dev.aerie.video.AccessUnit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What AUDIT says of those who listen to streams. Each fails at d493c5a.
final class AuditStreamsTest {

    private static final List<AccessUnit> UNITS = TestVideo.units(2, 2);
    private static final CaptureTime NOON = CaptureTime.byArrival(1_700_000_000_000_000_000L);
    private static final long LIMIT_SECONDS = 15;

    private final AtomicLong nanos = new AtomicLong();
    private final Streams streams = new Streams(
            new Relay(),
            new StreamLimits(3, Duration.ofSeconds(3), Duration.ofSeconds(30), false),
            InstantSource.system(),
            nanos::get,
            new Random(1));

    /// Today: StreamsFaultsTest.
    @Test
    void c1_listenerThatThrows_endsNoWatch() throws Exception {
        streams.open("drone", "test", () -> {}).publish(UNITS.getFirst(), NOON);
        streams.listen(_ -> {
            throw new IllegalArgumentException("capture_time_ns must be >= 0");
        });
        nanos.set(Duration.ofSeconds(4).toNanos());
        assertThatCode(streams::watch).doesNotThrowAnyException();
    }

    /// Today: StreamsFaultsTest.
    @Test
    void m26_listenerThatHangs_doesNotHoldThePublisher() throws Exception {
        var mayGoOn = new CountDownLatch(1);
        streams.listen(_ -> {
            try {
                mayGoOn.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        var publication = streams.open("drone", "test", () -> {});
        var published = CompletableFuture.runAsync(() -> publication.publish(UNITS.getFirst(), NOON));
        try {
            assertThat(published).succeedsWithin(LIMIT_SECONDS, TimeUnit.SECONDS);
        } finally {
            mayGoOn.countDown();
        }
    }
}
