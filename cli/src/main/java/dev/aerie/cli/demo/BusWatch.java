package dev.aerie.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.aerie.messages.Exchanges;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Message;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import dev.aerie.messages.PtzEvent;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.BrokerAddress;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.settings.InstanceName;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// A subscriber to every exchange: counts valid and invalid messages.
final class BusWatch implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(6);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration QUIET = Duration.ofMillis(300);

    /// Far more than a demo sends while this subscriber is busy: nothing may be dropped.
    private static final LiveSubscriber.Bounds BOUNDS =
            new LiveSubscriber.Bounds(200_000, Duration.ofSeconds(60), 1000);

    private final BrokerConnection connection;
    private final LiveSubscriber subscriber;
    private final Map<String, LongAdder> valid =
            Exchanges.ALL.stream().collect(Collectors.toUnmodifiableMap(name -> name, _ -> new LongAdder()));
    private final LongAdder invalid = new LongAdder();
    private final LongAdder arrived = new LongAdder();
    private final ReportedFrames frames = new ReportedFrames();
    private final DetectionJudge detections = new DetectionJudge();
    private final PtzJudge ptz = new PtzJudge();

    private final ResultLatencies latencies = new ResultLatencies();

    /// Subscribes to nothing yet: [#subscribe].
    BusWatch(String brokerUrl) {
        connection = new BrokerConnection(BrokerAddress.parse(brokerUrl), "aerie demo");
        subscriber = new LiveSubscriber(
                connection, "aerie-demo." + InstanceName.ofCommand(), Exchanges.ALL, BOUNDS, this::accept);
    }

    /// Subscribes to every exchange; receives all that is published after it returns. Throws [IOException] if the
    /// broker cannot be reached.
    void subscribe() throws IOException, InterruptedException {
        connection.start();
        subscriber.start();
        long deadline = System.nanoTime() + CONNECT_LIMIT.toNanos();
        while (!subscriber.isSubscribed()) {
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "the broker cannot be used: " + connection.lastFailure().orElse("it does not answer"));
            }
            Thread.sleep(LOOK);
        }
    }

    /// Valid messages by exchange, in the order of their names; 0 for an exchange without any.
    Map<String, Long> counts() {
        var counts = new TreeMap<String, Long>();
        valid.forEach((exchange, count) -> counts.put(exchange, count.sum()));
        return counts;
    }

    /// Messages that cannot be parsed, or are on the wrong exchange.
    long invalid() {
        return invalid.sum();
    }

    /// Waits until nothing arrives for a moment, or for `limit`, so that messages in transit are counted.
    void awaitQuiet(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        long before;
        do {
            before = arrived.sum();
            Thread.sleep(QUIET);
        } while (arrived.sum() > before && System.nanoTime() < deadline);
    }

    /// Valid results about frames.
    long results() {
        return requireNonNull(valid.get(Exchanges.PROCESSED_FRAMES)).sum();
    }

    ResultLatencies latencies() {
        return latencies;
    }

    ReportedFrames frames() {
        return frames;
    }

    DetectionJudge detections() {
        return detections;
    }

    PtzJudge ptz() {
        return ptz;
    }

    @Override
    public void close() {
        subscriber.close();
        connection.close();
    }

    private void accept(String exchange, byte[] body) {
        arrived.increment();
        try {
            Message message = Messages.read(body);
            boolean inPlace = MessageType.of(message.getClass()).exchange().equals(exchange);
            requireNonNull(inPlace ? valid.get(exchange) : invalid).increment();
            note(message);
        } catch (MalformedMessageException _) {
            invalid.increment();
        }
    }

    private void note(Message message) {
        if (message instanceof StreamEvent event) {
            frames.event(event);
        } else if (message instanceof FrameResult result) {
            frames.result(result);
            latencies.add(result.envelope());
            detections.result(result);
        } else if (message instanceof PtzEvent event) {
            ptz.event(event);
        }
    }
}
