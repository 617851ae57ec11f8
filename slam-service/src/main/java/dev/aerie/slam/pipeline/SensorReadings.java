package dev.aerie.slam.pipeline;

import dev.aerie.messages.BodyFrame;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.ImuBatch;
import dev.aerie.messages.ImuSample;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.amqp.MessageHandler;
import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.slam.geometry.Vector3;
import dev.aerie.slam.imu.ImuReading;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Hands the inertial readings on the bus to the streams that this replica works on.
public final class SensorReadings implements MessageHandler {

    /// The exchanges to be read into [#accept].
    public static final List<String> EXCHANGES = List.of(Exchanges.IMU);

    private final AssignedStreams<StreamSlam> streams;

    public SensorReadings(AssignedStreams<StreamSlam> streams) {
        this.streams = streams;
    }

    @Override
    public void accept(String exchange, byte[] body) throws MalformedMessageException {
        var message = Messages.read(body);
        if (message instanceof ImuSample sample) {
            give(sample.envelope().stream(), List.of(reading(sample)));
        } else if (message instanceof ImuBatch batch) {
            var readings = batch.samples().stream().map(sample -> reading(sample, batch.frame()));
            give(batch.envelope().stream(), readings.toList());
        }
    }

    private void give(@Nullable String stream, List<ImuReading> readings) {
        if (stream != null) {
            streams.find(stream).ifPresent(work -> readings.forEach(work::add));
        }
    }

    private static ImuReading reading(ImuSample sample) {
        long timeNanos = Objects.requireNonNull(sample.envelope().captureTimeNanos());
        return new ImuReading(
                timeNanos,
                inBody(sample.angularVelocity(), sample.frame()),
                inBody(sample.linearAcceleration(), sample.frame()));
    }

    private static ImuReading reading(ImuBatch.Reading sample, BodyFrame frame) {
        return new ImuReading(
                sample.captureTimeNanos(),
                inBody(sample.angularVelocity(), frame),
                inBody(sample.linearAcceleration(), frame));
    }

    /// Forward, left, up.
    private static Vector3 inBody(dev.aerie.messages.Vector3 v, BodyFrame frame) {
        return switch (frame) {
            case FLU -> new Vector3(v.x(), v.y(), v.z());
            case FRD -> new Vector3(v.x(), -v.y(), -v.z());
        };
    }
}
