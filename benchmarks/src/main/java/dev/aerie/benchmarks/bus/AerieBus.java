package dev.aerie.benchmarks.bus;

import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Message;
import dev.aerie.messages.Messages;
import dev.aerie.messages.amqp.BrokerAddress;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// The fleet's own publishers and subscriber, from message object to message object: JSON is written and read.
final class AerieBus implements BusClient {

    private static final int CAPACITY = 4096;
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int POLL_MILLIS = 20;

    @Override
    public String name() {
        return "aerie";
    }

    @Override
    public Optional<String> obstacle() {
        return Optional.empty();
    }

    @Override
    public BusRow measure(BusRun run, BrokerAddress broker) throws IOException, TimeoutException, InterruptedException {
        var bounds = new LiveSubscriber.Bounds(QUEUE_MESSAGES, TIME_TO_LIVE, PREFETCH);
        var reader = new Reader(run);
        try (var connection = new BrokerConnection(broker, "bench-reader");
                var subscriber = new LiveSubscriber(connection, List.of(EXCHANGE), bounds, reader::take)) {
            connection.start();
            subscriber.start();
            await(subscriber::isSubscribed, broker);
            reader.arrivals = new Arrivals(run);
            publish(run, broker);
            reader.arrivals.awaitQuiet();
            return reader.arrivals.row(name(), run);
        }
    }

    private static void publish(BusRun run, BrokerAddress broker)
            throws IOException, TimeoutException, InterruptedException {
        var owned = new ArrayList<AutoCloseable>();
        try {
            var senders = new ArrayList<BusRun.Sender>();
            for (int i = 0; i < BusRun.PUBLISHERS; i++) {
                var connection = new BrokerConnection(broker, "bench-publisher-" + i);
                owned.addFirst(connection);
                connection.start();
                await(connection::isConnected, broker);
                senders.add(
                        switch (run.kind()) {
                            case LIVE -> live(connection, owned);
                            case CONFIRMED -> confirmed(connection, owned);
                        });
            }
            BusClient.publish(run, senders::get);
        } finally {
            closeAll(owned);
        }
    }

    private static BusRun.Sender live(BrokerConnection connection, List<AutoCloseable> owned) {
        var publisher = new LivePublisher(connection, CAPACITY);
        owned.addFirst(publisher);
        publisher.start();
        return (stream, index) -> publisher.publish(EXCHANGE, message(stream, index));
    }

    private static BusRun.Sender confirmed(BrokerConnection connection, List<AutoCloseable> owned) {
        var publisher = new ConfirmedPublisher(connection, CAPACITY, CAPACITY / 2);
        owned.addFirst(publisher);
        publisher.start();
        return (stream, index) -> publisher.put(EXCHANGE, message(stream, index));
    }

    private static Message message(int stream, long index) {
        return StreamTraffic.kindOf(index).message("bench-" + stream, System.nanoTime());
    }

    private static void await(BooleanSupplier ready, BrokerAddress broker) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ready.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("no broker answers at " + broker);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static void closeAll(List<AutoCloseable> owned) throws IOException {
        for (AutoCloseable one : owned) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IOException("close failed", e);
            }
        }
    }

    /// What the subscriber hands over; messages of a run before are not counted.
    private static final class Reader {

        private volatile Arrivals arrivals;

        Reader(BusRun run) {
            arrivals = new Arrivals(run);
        }

        void take(String exchange, byte[] body) throws MalformedMessageException {
            arrivals.add(Objects.requireNonNull(Messages.read(body).envelope().captureTimeNanos(), exchange));
        }
    }
}
