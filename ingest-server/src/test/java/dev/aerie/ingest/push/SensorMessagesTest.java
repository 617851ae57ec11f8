package dev.aerie.ingest.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.stream.CaptureTime;
import dev.aerie.ingest.stream.StreamLimits;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.testing.TestVideo;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.ImuBatch;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Message;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Producer;
import dev.aerie.messages.testing.MessageSchemas;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class SensorMessagesTest {

    private static final long NOW = 1_700_000_000_000_000_000L;
    private static final String IMU =
            "{\"frame\":\"FRD\",\"angular_velocity\":[0,0,0.1],\"linear_acceleration\":[0,0,-9.8]";

    private final InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(0, NOW));
    private final Streams streams = new Streams(
            new Relay(),
            new StreamLimits(4, Duration.ofSeconds(3), Duration.ofSeconds(30), false),
            clock,
            System::nanoTime,
            RandomGenerator.of("L64X128MixRandom"));
    private final SensorMessages messages =
            new SensorMessages("drone", streams, new ClientClock(), Producer.of("ingest-server", "test"), clock);

    @Test
    void imu_whileVideoFlows_namesTheNearestFrame() throws Exception {
        var publication = streams.open("drone", "test", () -> {});
        var units = TestVideo.units(3, 3);
        for (int i = 0; i < 3; i++) {
            publication.publish(units.get(i), CaptureTime.bySender(NOW - (3 - i) * 33_000_000L));
        }
        var message = valid(
                messages.imu(IMU + ",\"capture_time_ns\":%d,\"sent_time_ns\":%d}".formatted(NOW - 60_000_000L, NOW)));
        assertThat(message.envelope().frameNumber()).isEqualTo(1);
        assertThat(message.envelope().clock()).isEqualTo(CaptureClock.SENDER);
        assertThat(message.envelope().captureTimeNanos()).isEqualTo(NOW - 60_000_000L);
    }

    @Test
    void imu_withoutVideoAndTime_namesNoFrameAndTakesArrival() throws Exception {
        var message = valid(messages.imu(IMU + ",\"session\":\"forged\",\"frame_number\":7}"));
        assertThat(message.envelope().session()).isNull();
        assertThat(message.envelope().frameNumber()).isNull();
        assertThat(message.envelope().clock()).isEqualTo(CaptureClock.ARRIVAL);
    }

    @Test
    void imu_batchOfAClockThatIsAhead_mapsEverySample() throws Exception {
        long ahead = 5_000_000_000L;
        String samples = IMU.substring(1 + "\"frame\":\"FRD\",".length());
        var text =
                "{\"frame\":\"FLU\",\"sent_time_ns\":%d,\"samples\":[{%s,\"capture_time_ns\":%d},{%s,\"capture_time_ns\":%d}]}"
                        .formatted(NOW + ahead, samples, NOW + ahead - 10_000_000, samples, NOW + ahead - 5_000_000);
        assertThat(valid(messages.imu(text)))
                .isInstanceOfSatisfying(
                        ImuBatch.class,
                        batch -> assertThat(batch.samples())
                                .extracting(ImuBatch.Reading::captureTimeNanos)
                                .containsExactly(NOW - 10_000_000, NOW - 5_000_000));
    }

    @Test
    void telemetry_partial_isValid() throws Exception {
        valid(messages.telemetry("{\"latitude\":48.1,\"longitude\":11.5,\"battery_percent\":80}"));
    }

    @Test
    void wrongMessages_sayWhichFieldAndWhatWasExpected() {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> messages.imu("{\"frame\":\"FRD\"}"))
                .withMessageContaining("angular_velocity");
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> messages.telemetry("{\"latitude\":91,\"longitude\":0}"))
                .withMessageContaining("latitude must be -90");
        assertThatExceptionOfType(ClientMessageException.class)
                .isThrownBy(() -> messages.imu("{\"capture_time_ns\":-1}"))
                .withMessageContaining("capture_time_ns");
        assertThatExceptionOfType(ClientMessageException.class).isThrownBy(() -> messages.telemetry("[]"));
    }

    private static Message valid(Message message) {
        return MessageSchemas.assertValid(MessageType.of(message.getClass()).schema(), Messages.write(message));
    }
}
