package dev.aerie.slam.pipeline;

import dev.aerie.geometry.Vector3;
import dev.aerie.messages.BodyFrame;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.ImuBatch;
import dev.aerie.messages.ImuSample;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Telemetry;
import dev.aerie.messages.amqp.MessageHandler;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.slam.imu.ImuReading;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hands what others say of a stream to this replica's work on it: inertial readings, telemetry, objects in
/// frames.
public final class SensorReadings implements MessageHandler {

    /// The exchanges to be read into [#accept].
    public static final List<String> EXCHANGES =
            List.of(Exchanges.IMU, Exchanges.TELEMETRY, Exchanges.PROCESSED_FRAMES);

    private final StreamWorkers<SlamWorker> workers;

    public SensorReadings(StreamWorkers<SlamWorker> workers) {
        this.workers = workers;
    }

    @Override
    public void accept(String exchange, byte[] body) throws MalformedMessageException {
        var message = Messages.read(body);
        if (message instanceof ImuSample sample) {
            give(sample.envelope().stream(), work -> work.add(reading(sample)));
        } else if (message instanceof ImuBatch batch) {
            give(
                    batch.envelope().stream(),
                    work -> batch.samples().forEach(sample -> work.add(reading(sample, batch.frame()))));
        } else if (message instanceof Telemetry telemetry) {
            give(telemetry.envelope().stream(), work -> work.add(telemetry));
        } else if (message instanceof FrameResult result) {
            give(result.envelope().stream(), work -> work.add(result));
        }
    }

    private void give(@Nullable String stream, Consumer<SlamWorker> message) {
        if (stream != null) {
            workers.find(stream).ifPresent(message);
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
