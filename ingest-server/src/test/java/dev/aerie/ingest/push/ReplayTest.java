package dev.aerie.ingest.push;

import static dev.aerie.ingest.testing.RecordedVideo.FIRST_FRAME;
import static dev.aerie.ingest.testing.RecordedVideo.SESSION;
import static dev.aerie.ingest.testing.RecordedVideo.START_NANOS;
import static dev.aerie.ingest.testing.RecordedVideo.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.stream.StreamChange;
import dev.aerie.ingest.stream.StreamLimits;
import dev.aerie.ingest.stream.StreamRefusedException;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.testing.RecordedVideo;
import dev.aerie.ingest.testing.TestVideo;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.ImuSample;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Producer;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.MessageSchemas;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.NalUnit;
import dev.aerie.video.VideoCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReplayTest {

    private static final List<AccessUnit> UNITS = RecordedVideo.units(SESSION, 6, 6, 3);
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private final Relay relay = new Relay();
    private final List<StreamChange> changes = new CopyOnWriteArrayList<>();
    private Replay replay;

    @BeforeEach
    void open() throws StreamRefusedException {
        var clock = InstantSource.fixed(NOW);
        var streams = new Streams(
                relay,
                new StreamLimits(4, Duration.ofSeconds(3), Duration.ofSeconds(30), false),
                clock,
                System::nanoTime,
                RandomGenerator.of("L64X128MixRandom"));
        streams.addListener(changes::add);
        var publication = streams.open("again", "replay", () -> {});
        replay = new Replay(publication, 1 << 20, Producer.of("ingest-server", "test"), clock);
    }

    @Test
    void frame_ofARecording_isRelayedUnderItsRecordedIdentityWithClockReplay() throws Exception {
        for (AccessUnit unit : UNITS) {
            replay.frame(message(unit));
        }
        var relayed = relay.find("again").orElseThrow().cachedGroup();
        assertThat(relayed)
                .extracting(AccessUnit::ptsTicks90k)
                .containsExactly(0L, 3000L, 6000L, 9000L, 12000L, 15000L);
        assertThat(relayed).extracting(ReplayTest::stamp).allSatisfy(stamp -> {
            assertThat(stamp.clock()).isEqualTo(CaptureClock.REPLAY);
            assertThat(stamp.id().session()).isEqualTo(SESSION);
        });
        assertThat(relayed)
                .extracting(unit -> stamp(unit).id().frameNumber() - FIRST_FRAME)
                .containsExactly(0L, 1L, 2L, 4L, 5L, 6L);
        assertThat(relayed)
                .extracting(unit -> stamp(unit).captureTimeNanos())
                .isEqualTo(UNITS.stream()
                        .map(unit -> stamp(unit).captureTimeNanos())
                        .toList());
        Eventually.holds("told", () -> !changes.isEmpty());
        assertThat(changes)
                .singleElement()
                .satisfies(change -> assertThat(change.last()).isEqualTo(stamp(relayed.getFirst())));
    }

    @Test
    void frame_ofARecordingInH265_isRelayedAsItWasUnderItsRecordedIdentity() throws Exception {
        var units = RecordedVideo.stamped(TestVideo.h265Units(), SESSION, 3);
        for (AccessUnit unit : units) {
            replay.frame(message(unit));
        }
        var relayed = relay.find("again").orElseThrow().cachedGroup();
        assertThat(relayed).hasSize(10).allMatch(unit -> unit.codec() == VideoCodec.H265);
        for (int i = 0; i < relayed.size(); i++) {
            var recorded = units.get(10 + i);
            assertThat(slices(relayed.get(i))).isNotEmpty().isEqualTo(slices(recorded));
            assertThat(stamp(relayed.get(i)).id().session()).isEqualTo(SESSION);
            assertThat(stamp(relayed.get(i)).id().frameNumber())
                    .isEqualTo(stamp(recorded).id().frameNumber());
            assertThat(stamp(relayed.get(i)).clock()).isEqualTo(CaptureClock.REPLAY);
        }
    }

    @Test
    void frame_outOfOrder_isRefused() throws Exception {
        replay.frame(message(UNITS.get(0)));
        replay.frame(message(UNITS.get(1)));
        var another = RecordedVideo.units("01K9JXW7Z3T4V5W6X7Y8Z9ZZZZ", 3, 3, 9).get(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> replay.frame(message(UNITS.get(1))))
                .withMessage("frame 42 or later follows, not 41");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> replay.frame(message(another)))
                .withMessageContaining("session " + SESSION + " goes on");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> replay.frame(message(TestVideo.units(1, 1).getFirst())))
                .withMessageContaining("carries its identity");
        assertThatIllegalArgumentException().isThrownBy(() -> replay.frame(ByteBuffer.allocate(8)));
    }

    @Test
    void measurement_recordedMessage_keepsItsTimeAndFrameWithClockReplay() throws Exception {
        var message = replay.measurement(imu("aerie.imu_sample/1"));

        MessageSchemas.assertValid(MessageType.IMU_SAMPLE.schema(), Messages.write(message));
        var envelope = message.envelope();
        assertThat(message).isInstanceOf(ImuSample.class);
        assertThat(envelope.stream()).isEqualTo("again");
        assertThat(envelope.session()).isEqualTo(SESSION);
        assertThat(envelope.frameNumber()).isEqualTo(41);
        assertThat(envelope.captureTimeNanos()).isEqualTo(START_NANOS + 5);
        assertThat(envelope.clock()).isEqualTo(CaptureClock.REPLAY);
        assertThat(envelope.producer()).isEqualTo(Producer.of("ingest-server", "test"));
        assertThat(envelope.madeAt()).isEqualTo(NOW);
    }

    @Test
    void measurement_otherMessage_isRefused() {
        assertThatExceptionOfType(ClientMessageException.class)
                .isThrownBy(() -> replay.measurement(imu("aerie.frame_result/1")))
                .withMessageContaining("schema must be that of an IMU or telemetry message");
        assertThatExceptionOfType(ClientMessageException.class).isThrownBy(() -> replay.measurement("[]"));
        assertThatExceptionOfType(ClientMessageException.class).isThrownBy(() -> replay.measurement("{"));
    }

    private static List<ByteBuffer> slices(AccessUnit unit) {
        return unit.nalUnits().stream()
                .filter(NalUnit::isSlice)
                .map(NalUnit::bytes)
                .toList();
    }

    private static FrameStamp stamp(AccessUnit unit) {
        return unit.stamp().orElseThrow();
    }

    private static String imu(String schema) {
        return """
            {"schema":"%s","stream":"drone","session":"%s","frame_number":41,"capture_time_ns":%d,"clock":"sender",\
            "timestamp":1.5,"producer":{"service":"ingest-server","instance":"in-1"},"frame":"FRD",\
            "angular_velocity":[0,0,0.1],"linear_acceleration":[0,0,-9.8]}\
            """.formatted(schema, SESSION, START_NANOS + 5);
    }
}
