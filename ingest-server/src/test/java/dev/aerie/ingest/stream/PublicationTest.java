package dev.aerie.ingest.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.testing.TestVideo;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PublicationTest {

    private static final List<AccessUnit> UNITS = TestVideo.units(12, 6);
    private static final CaptureTime NOON = CaptureTime.byArrival(1_700_000_000_000_000_000L);

    private final Relay relay = new Relay();
    private final List<StreamChange> changes = new ArrayList<>();
    private long nanos;

    @Test
    void publish_beforeTheFirstIdr_isSkippedThenNumbersFromZero() throws Exception {
        var streams = streams(false);
        var publication = streams.open("drone", "test", () -> {});
        publication.publish(UNITS.get(3), NOON);
        assertThat(relay.find("drone")).isEmpty();
        assertThat(publication.state()).isEqualTo(StreamState.WAITING);
        for (AccessUnit unit : UNITS.subList(6, 12)) {
            publication.publish(unit, NOON);
        }
        assertThat(relay.find("drone").orElseThrow().cachedGroup())
                .extracting(unit -> unit.stamp().orElseThrow().id().frameNumber())
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(streams.grandTotals().received()).isEqualTo(7);
        assertThat(streams.grandTotals().frames()).isEqualTo(6);
        assertThat(changes).singleElement().isInstanceOf(StreamChange.Started.class);
    }

    @Test
    void silence_stallsThenFramesChangeThenEnds() throws Exception {
        var streams = streams(false);
        var revoked = new ArrayList<String>();
        var publication = streams.open("drone", "test", () -> revoked.add("revoked"));
        publication.publish(UNITS.get(0), NOON);
        after(streams, Duration.ofMillis(3100));
        assertThat(publication.state()).isEqualTo(StreamState.STALLED);
        publication.publish(UNITS.get(1), NOON);
        assertThat(publication.state()).isEqualTo(StreamState.LIVE);
        after(streams, Duration.ofSeconds(31));
        after(streams, Duration.ofSeconds(31));
        assertThat(publication.publish(UNITS.get(2), NOON)).isFalse();
        assertThat(revoked).containsExactly("revoked");
        assertThat(changes)
                .extracting(change -> change.getClass().getSimpleName())
                .containsExactly("Started", "Stalled", "Changed", "Stalled", "Ended");
        assertThat(relay.find("drone")).isEmpty();
    }

    @Test
    void open_heldStream_isRefusedUntilSilent() throws Exception {
        var streams = streams(false);
        var first = streams.open("drone", "camera", () -> {});
        first.publish(UNITS.get(0), NOON);
        assertThatExceptionOfType(StreamRefusedException.class)
                .isThrownBy(() -> streams.open("drone", "other", () -> {}))
                .withMessageContaining("published already by camera");
        nanos += Duration.ofSeconds(4).toNanos();
        streams.open("drone", "other", () -> {}).publish(UNITS.get(0), NOON);
        assertThat(first.publish(UNITS.get(1), NOON)).isFalse();
        assertThat(changes)
                .extracting(change -> change.getClass().getSimpleName())
                .containsExactly("Started", "Ended", "Started");
        assertThat(changes.get(0).last().id().session())
                .isNotEqualTo(changes.get(2).last().id().session());
    }

    @Test
    void open_heldStreamWithTakeover_revokesTheFirst() throws Exception {
        var streams = streams(true);
        var revoked = new ArrayList<String>();
        streams.open("drone", "camera", () -> revoked.add("camera")).publish(UNITS.get(0), NOON);
        streams.open("drone", "other", () -> {});
        assertThat(revoked).containsExactly("camera");
    }

    @Test
    void open_tooManyStreams_forgetsEndedOnesThenRefuses() throws Exception {
        var streams = streams(false);
        streams.open("one", "test", () -> {}).end("done");
        streams.open("two", "test", () -> {});
        streams.open("three", "test", () -> {});
        assertThat(streams.snapshots()).extracting(StreamSnapshot::stream).containsExactly("three", "two");
        assertThatExceptionOfType(StreamRefusedException.class)
                .isThrownBy(() -> streams.open("four", "test", () -> {}))
                .withMessageContaining("MAX_STREAMS");
    }

    /// Connections without video may not keep drones out.
    @Test
    void open_allPlacesHeldWithoutVideo_takesOneThatHadItsTime() throws Exception {
        var streams = streams(false);
        var revoked = new ArrayList<String>();
        streams.open("live", "test", () -> revoked.add("live")).publish(UNITS.get(0), NOON);
        var squatter = streams.open("squatter", "test", () -> revoked.add("squatter"));
        assertThatExceptionOfType(StreamRefusedException.class)
                .isThrownBy(() -> streams.open("drone", "test", () -> {}));
        nanos += Duration.ofSeconds(6).toNanos();
        squatter.publish(UNITS.get(1), NOON); // No IDR frame.
        streams.open("drone", "test", () -> {});
        assertThat(revoked).containsExactly("squatter");
        assertThat(streams.snapshots()).extracting(StreamSnapshot::stream).containsExactly("drone", "live");
    }

    @Test
    void publish_newSize_isAChange() throws Exception {
        var publication = streams(false).open("drone", "test", () -> {});
        publication.publish(UNITS.get(0), NOON);
        publication.publish(UNITS.get(6), NOON);
        publication.publish(TestVideo.units(new FrameSize(320, 192), 1, 1).getFirst(), NOON);
        assertThat(changes).hasSize(2);
        assertThat(changes.get(1))
                .isInstanceOfSatisfying(
                        StreamChange.Changed.class,
                        changed -> assertThat(changed.format().size()).isEqualTo(new FrameSize(320, 192)));
    }

    @Test
    void frameNearestTo_aMoment_isThatFrame() throws Exception {
        var publication = streams(false).open("drone", "test", () -> {});
        for (int i = 0; i < 6; i++) {
            publication.publish(UNITS.get(i), CaptureTime.bySender(NOON.unixNanos() + i * 33_000_000L));
        }
        assertThat(publication
                        .frameNearestTo(NOON.unixNanos() + 70_000_000L)
                        .orElseThrow()
                        .id()
                        .frameNumber())
                .isEqualTo(2);
        publication.end("done");
        assertThat(publication.frameNearestTo(0)).isEmpty();
    }

    @Test
    void publish_clockSetBack_newSessionsStillSortBehind() throws Exception {
        var now = new Instant[] {Instant.ofEpochSecond(1_700_000_000)};
        var streams = new Streams(
                relay,
                new StreamLimits(2, Duration.ofSeconds(3), Duration.ofSeconds(30), false),
                () -> now[0],
                () -> nanos,
                RandomGenerator.of("L64X128MixRandom"),
                Runnable::run);
        String before = "";
        for (int i = 0; i < 3; i++) {
            var publication = streams.open("drone", "test", () -> {});
            publication.publish(UNITS.get(0), CaptureTime.byArrival(streams.unixNanos()));
            String session = publication.snapshot().last().orElseThrow().id().session();
            assertThat(session).isGreaterThan(before);
            before = session;
            publication.end("done");
            now[0] = now[0].minus(Duration.ofDays(400));
        }
    }

    @Test
    void publishUntimed_clockSetBackAnHour_presentationGoesOn() throws Exception {
        var publication = streams(false).open("drone", "test", () -> {});
        long hour = Duration.ofHours(1).toNanos();
        for (int i = 0; i < 6; i++) {
            long arrival = NOON.unixNanos() + i * 33_333_333L - (i < 3 ? 0 : hour);
            publication.publishUntimed(UNITS.get(i), CaptureTime.byArrival(arrival));
        }
        var ticks = relay.find("drone").orElseThrow().cachedGroup().stream()
                .map(AccessUnit::ptsTicks90k)
                .toList();
        for (int i = 1; i < ticks.size(); i++) {
            assertThat(ticks.get(i) - ticks.get(i - 1)).isBetween(2_900L, 3_100L);
        }
    }

    private Streams streams(boolean takeover) {
        var limits = new StreamLimits(2, Duration.ofSeconds(3), Duration.ofSeconds(30), takeover);
        var streams = new Streams(
                relay,
                limits,
                InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)),
                () -> nanos,
                RandomGenerator.of("L64X128MixRandom"),
                Runnable::run);
        streams.addListener(changes::add);
        return streams;
    }

    private void after(Streams streams, Duration wait) {
        nanos += wait.toNanos();
        streams.watch();
    }
}
