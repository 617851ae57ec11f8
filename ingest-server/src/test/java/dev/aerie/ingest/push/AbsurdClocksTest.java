package dev.aerie.ingest.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.source.SourceInput;
import dev.aerie.ingest.source.SourceSpec;
import dev.aerie.ingest.source.Sources;
import dev.aerie.ingest.stream.CaptureTime;
import dev.aerie.ingest.stream.ClockOrigin;
import dev.aerie.ingest.stream.StreamChange;
import dev.aerie.ingest.stream.StreamLimits;
import dev.aerie.ingest.stream.StreamState;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.testing.TestVideo;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.ImuBatch;
import dev.aerie.messages.Message;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Ulid;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clocks that say what cannot be, at each door: arrival stands for what they say, and nobody else notices.
final class AbsurdClocksTest {

    private static final long NOW = 1_763_712_000_000_000_000L;
    private static final long DAY = 86_400_000_000_000L;
    private static final List<AccessUnit> UNITS = TestVideo.units(3, 3);
    private static final Producer PRODUCER = Producer.of("ingest-server", "test");
    private static final String IMU =
            "\"angular_velocity\":[0,0,0.1],\"linear_acceleration\":[0,0,-9.8],\"capture_time_ns\":";

    private final Relay relay = new Relay();
    private final InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(0, NOW));
    private final Streams streams = new Streams(
            relay,
            new StreamLimits(4, Duration.ofSeconds(3), Duration.ofSeconds(30), false),
            clock,
            System::nanoTime,
            RandomGenerator.of("L64X128MixRandom"));
    private final ClientClock videoClock = new ClientClock();
    private final List<StreamChange> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        streams.addListener(change -> {
            var last = change.last();
            // What the bus would be told; throws for a time that is none.
            var _ = Envelope.ofFrame(last.id(), last.captureTimeNanos(), last.clock(), clock.instant(), PRODUCER);
            heard.add(change);
        });
    }

    /// Every stream of every test begins, is watched and ends as any other.
    @AfterEach
    void streams_goOn() {
        streams.watch();
        streams.close();
        long sessions = streams.grandTotals().sessions();
        assertThat(heard).hasSize((int) (2 * sessions));
        assertThat(heard)
                .filteredOn(change -> !change.last().id().stream().equals("again"))
                .allSatisfy(change -> {
                    assertThat(change.last().clock()).isEqualTo(CaptureClock.ARRIVAL);
                    assertThat(change.last().captureTimeNanos()).isEqualTo(NOW);
                });
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, 12_000_000_000L, NOW - 2 * DAY, NOW + 2 * DAY, 7_258_118_400_000_000_000L, Long.MAX_VALUE})
    void frameTime_thatCannotBe_isArrivalAndCounted(long captured) throws Exception {
        var session = push();
        for (String text : List.of(
                frameTime(captured, captured),
                frameTime(captured, NOW),
                "{\"type\":\"frame_time\",\"capture_time_ns\":%d}".formatted(captured))) {
            session.text(text);
            session.chunk(UNITS.get(0).annexB());
        }
        session.end("done");
        assertThat(streams.clockCheck().refused(ClockOrigin.FRAME_TIME)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1})
    void frameTime_negative_isAnsweredAndTheVideoGoesOn(long captured) throws Exception {
        var session = push();
        assertThatExceptionOfType(ClientMessageException.class)
                .isThrownBy(() -> session.text(frameTime(captured, NOW)))
                .withMessageContaining("capture_time_ns must be");
        assertThatExceptionOfType(ClientMessageException.class)
                .isThrownBy(() -> session.text(frameTime(NOW, captured)));
        session.chunk(UNITS.get(0).annexB());
        session.end("done");
        assertThat(streams.grandTotals().frames()).isEqualTo(1);
    }

    /// The stream's mapping stays what it was: the next right time is taken.
    @Test
    void frameTime_absurdSendTimes_leaveTheMappingAlone() throws Exception {
        var shared = new ClientClock();
        shared.observe(NOW - 5_000_000_000L, NOW);
        for (long absurd : new long[] {0, Long.MAX_VALUE, Long.MIN_VALUE, NOW + 2 * DAY, NOW - 2 * DAY}) {
            shared.observe(absurd, NOW);
            shared.observeBySensor(absurd, NOW);
        }
        assertThat(shared.offsetNanos()).isEqualTo(5_000_000_000L);
        assertThat(shared.toServerTime(Long.MAX_VALUE, NOW)).isEqualTo(Long.MAX_VALUE);
        assertThat(shared.toServerTime(Long.MIN_VALUE, NOW)).isLessThan(0);
    }

    @Test
    void sensors_ofSomebodyElse_moveTheStreamsClockByASecondAtMost_andNeverBeginIt() {
        var shared = new ClientClock();
        shared.observeBySensor(NOW - DAY / 2, NOW);
        assertThat(shared.isKnown()).isFalse();
        assertThat(shared.offsetNanos()).isZero();
        shared.observe(NOW - 5_000_000_000L, NOW);
        for (int i = 0; i < 1000; i++) {
            shared.observeBySensor(NOW + DAY / 2, NOW);
        }
        assertThat(shared.offsetNanos()).isEqualTo(4_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, NOW - 2 * DAY, NOW + 2 * DAY, Long.MAX_VALUE})
    void sensorTimes_thatCannotBe_areArrivalAndCounted(long captured) throws Exception {
        var sensors = new SensorMessages("drone", streams, videoClock, PRODUCER, clock);
        var telemetry =
                sensors.telemetry("{\"latitude\":1,\"longitude\":2,\"capture_time_ns\":%d}".formatted(captured));
        var imu = sensors.imu("{\"frame\":\"FRD\",%s%d,\"sent_time_ns\":%d}".formatted(IMU, captured, NOW));
        for (Message message : List.of(telemetry, imu)) {
            assertThat(message.envelope().clock()).isEqualTo(CaptureClock.ARRIVAL);
            assertThat(message.envelope().captureTimeNanos()).isEqualTo(NOW);
            assertThat(Messages.read(Messages.write(message))).isEqualTo(message);
        }
        assertThat(streams.clockCheck().refused(ClockOrigin.TELEMETRY)).isEqualTo(1);
        assertThat(streams.clockCheck().refused(ClockOrigin.IMU)).isEqualTo(1);
        assertThat(videoClock.isKnown()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1})
    void sensorTimes_negative_areAnswered(long captured) {
        var sensors = new SensorMessages("drone", streams, videoClock, PRODUCER, clock);
        assertThatExceptionOfType(ClientMessageException.class)
                .isThrownBy(() -> sensors.telemetry("{\"capture_time_ns\":%d}".formatted(captured)));
        assertThatExceptionOfType(ClientMessageException.class)
                .isThrownBy(() -> sensors.imu("{\"frame\":\"FRD\",%s%d}".formatted(IMU, captured)));
    }

    @Test
    void imuBatch_ofAClockThatWasNeverSet_keepsTheTimeBetweenReadings() throws Exception {
        var sensors = new SensorMessages("drone", streams, videoClock, PRODUCER, clock);
        var message = sensors.imu("{\"frame\":\"FRD\",\"samples\":[{%s%d},{%s%d},{%s%d}]}"
                .formatted(IMU, 7_000_000, IMU, 9_000_000, IMU, 12_000_000));
        assertThat(message.envelope().clock()).isEqualTo(CaptureClock.ARRIVAL);
        assertThat(message)
                .isInstanceOfSatisfying(
                        ImuBatch.class,
                        batch -> assertThat(batch.samples())
                                .extracting(ImuBatch.Reading::captureTimeNanos)
                                .containsExactly(NOW - 5_000_000, NOW - 3_000_000, NOW));
        assertThat(streams.clockCheck().refused(ClockOrigin.IMU)).isEqualTo(1);
    }

    @Test
    void imuBatch_ofReadingsAgesApart_isArrival() throws Exception {
        var sensors = new SensorMessages("drone", streams, videoClock, PRODUCER, clock);
        var message = sensors.imu("{\"frame\":\"FRD\",\"samples\":[{%s0},{%s%d}]}".formatted(IMU, IMU, Long.MAX_VALUE));
        assertThat(message)
                .isInstanceOfSatisfying(
                        ImuBatch.class,
                        batch -> assertThat(batch.samples())
                                .extracting(ImuBatch.Reading::captureTimeNanos)
                                .containsExactly(NOW, NOW));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, NOW - 2 * DAY, NOW + 2 * DAY, Long.MAX_VALUE})
    void rtspPublisher_reportThatCannotBe_isArrivalAndCounted(long reported) throws Exception {
        var client = new StreamPublishing(streams, "rtsp").open("drone", "10.0.0.7");
        client.accept(UNITS.get(0), OptionalLong.of(reported));
        client.ended("done");
        assertThat(streams.clockCheck().refused(ClockOrigin.SENDER_REPORT)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void pulledCamera_reportThatCannotBe_isArrivalAndTheSourceRuns(long reported) {
        try (var sources = new Sources((_, _, _) -> camera(reported), streams, 4)) {
            sources.put("gate", new SourceSpec.TestPattern(64, 64, 30));
            Eventually.holds("live", () -> state("gate") == StreamState.LIVE);
        }
        assertThat(streams.clockCheck().refused(ClockOrigin.SENDER_REPORT)).isPositive();
        assertThat(state("gate")).isEqualTo(StreamState.ENDED);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void foreignIdentity_inPushedVideo_isReplacedByOurs(long captured) throws Exception {
        var foreign = new FrameId("drone", new Ulid(1, 2).toString(), 77);
        var unit = UNITS.get(0).withStamp(new FrameStamp(foreign, captured, CaptureClock.SENDER));
        var session = push();
        session.chunk(unit.annexB());
        session.end("done");
        Eventually.holds("both told", () -> heard.size() == 2);
        assertThat(heard.getFirst().last().id().frameNumber()).isZero();
        assertThat(heard.getFirst().last().id().session()).isNotEqualTo(foreign.session());
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 7_258_118_400_000_000_000L, Long.MAX_VALUE})
    void replay_invalidTime_isUnknown(long captured) throws Exception {
        var recorded = new FrameId("drone", new Ulid(1, 2).toString(), 77);
        var unit = UNITS.get(0).withStamp(new FrameStamp(recorded, captured, CaptureClock.SENDER));
        var publication = streams.open("again", "replay", () -> {});
        var replay = new Replay(publication, 1 << 20, PRODUCER, clock);
        replay.frame(ByteBuffer.allocate(Long.BYTES + unit.sizeBytes())
                .putLong(0)
                .put(unit.annexB())
                .flip());
        var shown = publication.snapshot().last().orElseThrow();
        assertThat(shown.id().frameNumber()).isEqualTo(77);
        assertThat(shown.captureTimeNanos()).isZero();
        replay.end("done");
    }

    private VideoIngestSession push() throws Exception {
        var session = new VideoIngestSession(
                streams.open("drone", "websocket", () -> {}), 1 << 20, videoClock, streams::unixNanos);
        session.text("{\"type\":\"video_config\",\"framing\":\"access_units\"}");
        return session;
    }

    private StreamState state(String stream) {
        return streams.find(stream).map(found -> found.state()).orElse(StreamState.WAITING);
    }

    private static String frameTime(long captured, long sent) {
        return "{\"type\":\"frame_time\",\"capture_time_ns\":%d,\"sent_time_ns\":%d}".formatted(captured, sent);
    }

    private static SourceInput camera(long reported) {
        return new SourceInput() {
            private long frame;

            @Override
            public Frame next() {
                pause();
                return new Frame(UNITS.get(0).withPtsTicks90k(3000 * frame++), CaptureTime.bySenderReport(reported));
            }

            @Override
            public void close() {}
        };
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
