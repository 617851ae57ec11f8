package dev.aerie.ingest.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.stream.StreamLimits;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Producer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Texts of whoever pushes video, readings and telemetry: what is taken is a message that the bus takes too.
final class PushFuzz {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
    private static final Streams STREAMS = new Streams(
            new Relay(),
            new StreamLimits(4, Duration.ofSeconds(3), Duration.ofSeconds(30), false),
            CLOCK,
            System::nanoTime,
            RandomGenerator.of("L64X128MixRandom"));

    private PushFuzz() {}

    /// The first byte chooses the socket.
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        String text = new String(data, 1, data.length - 1, UTF_8);
        var sensors =
                new SensorMessages("drone", STREAMS, new ClientClock(), Producer.of("ingest-server", "test"), CLOCK);
        try {
            switch (data[0] & 3) {
                case 0 -> Messages.read(Messages.write(sensors.imu(text)));
                case 1 -> Messages.read(Messages.write(sensors.telemetry(text)));
                default -> VideoText.parse(text);
            }
        } catch (ClientMessageException | MalformedMessageException _) {
            // Refused in words.
        }
    }
}
