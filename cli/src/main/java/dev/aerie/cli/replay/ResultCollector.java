package dev.aerie.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.amqp.BrokerAddress;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.settings.InstanceName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Collects the results of the fleet on a replayed recording.
final class ResultCollector implements AutoCloseable {

    private static final List<String> RESULTS =
            List.of(Exchanges.PROCESSED_FRAMES, Exchanges.API_RESULTS, Exchanges.SLAM_RESULTS);
    private static final LiveSubscriber.Bounds BOUNDS = new LiveSubscriber.Bounds(100_000, Duration.ofMinutes(1), 500);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 50;

    private final String session;
    private final BrokerConnection connection;
    private final LiveSubscriber subscriber;
    private final ConcurrentLinkedQueue<JsonNode> heard = new ConcurrentLinkedQueue<>();
    private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());

    ResultCollector(String broker, String session) {
        this.session = session;
        this.connection = new BrokerConnection(BrokerAddress.parse(broker), "aerie replay");
        this.subscriber = new LiveSubscriber(
                connection, "aerie-replay." + InstanceName.ofCommand(), RESULTS, BOUNDS, (_, body) -> hear(body));
        connection.start();
        subscriber.start();
    }

    /// Throws [IOException] if the broker does not answer.
    void awaitListening() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + CONNECT.toNanos();
        while (!subscriber.isSubscribed()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the broker does not answer: "
                        + connection.lastFailure().orElse("no reason"));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /// Waits until nothing arrives for `silence`; returns all results.
    List<JsonNode> awaitSilence(Duration silence) throws InterruptedException {
        while (System.nanoTime() - lastNanos.get() < silence.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return List.copyOf(heard);
    }

    /// Restarts the silence.
    void expectMore() {
        lastNanos.set(System.nanoTime());
    }

    @Override
    public void close() {
        subscriber.close();
        connection.close();
    }

    private void hear(byte[] body) {
        try {
            JsonNode message = ArchiveClient.JSON.readTree(body);
            boolean isOfThis = message.path("session").asText().equals(session)
                    && message.path("clock").asText().equals(CaptureClock.REPLAY.wireName());
            if (isOfThis) {
                heard.add(message);
                lastNanos.set(System.nanoTime());
            }
        } catch (IOException _) {
            // not a message of the fleet
        }
    }
}
