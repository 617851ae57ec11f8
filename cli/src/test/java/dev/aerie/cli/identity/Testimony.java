package dev.aerie.cli.identity;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.amqp.BrokerAddress;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LiveSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// Results of the witnesses by instance, in the order of arrival.
final class Testimony implements AutoCloseable {

    private static final LiveSubscriber.Bounds BOUNDS = new LiveSubscriber.Bounds(10_000, Duration.ofSeconds(60), 100);

    private final BrokerConnection connection;
    private final LiveSubscriber subscriber;

    @GuardedBy("this")
    private final Map<String, List<FrameResult>> results = new HashMap<>();

    Testimony(String brokerUrl) {
        connection = new BrokerConnection(BrokerAddress.parse(brokerUrl), "testimony");
        subscriber = new LiveSubscriber(connection, List.of(Exchanges.PROCESSED_FRAMES), BOUNDS, this::accept);
        connection.start();
        subscriber.start();
    }

    /// Waits for `count` results of an instance.
    synchronized void await(String instance, int count, Duration limit) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (of(instance).size() < count) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new TimeoutException(
                        instance + " has sent " + of(instance).size() + " of " + count + " results");
            }
            wait(leftMillis);
        }
    }

    synchronized List<FrameResult> of(String instance) {
        return List.copyOf(results.getOrDefault(instance, List.of()));
    }

    @Override
    public void close() {
        subscriber.close();
        connection.close();
    }

    private synchronized void accept(String exchange, byte[] body) throws MalformedMessageException {
        FrameResult result = Messages.read(FrameResult.class, body);
        results.computeIfAbsent(result.envelope().producer().instance(), _ -> new ArrayList<>())
                .add(result);
        notifyAll();
    }
}
