package dev.aerie.benchmarks.bus;

import dev.aerie.messages.amqp.BrokerAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/// Carries the messages of a run through a broker, from publishers to one reader.
interface BusClient {

    /// Durable fanout of the benchmark's own, so that nobody takes its messages for real ones; deleted afterwards.
    String EXCHANGE = "aerie-bench";

    /// What the reader's queue holds before it forgets the oldest.
    int QUEUE_MESSAGES = 20_000;

    int PREFETCH = 500;

    /// As in [BusRow].
    String name();

    /// Why it cannot be measured here; empty where it can.
    Optional<String> obstacle();

    /// Measures one row; throws where the broker is not reached.
    BusRow measure(BusRun run, BrokerAddress broker) throws IOException, TimeoutException, InterruptedException;

    /// One thread per publisher, each with its share of the streams, until all have sent theirs.
    static void publish(BusRun run, IntSender senders) throws IOException, InterruptedException {
        try (var threads = Executors.newFixedThreadPool(BusRun.PUBLISHERS)) {
            var publishers = new ArrayList<Future<?>>();
            for (int i = 0; i < BusRun.PUBLISHERS; i++) {
                int publisher = i;
                publishers.add(threads.submit(() -> {
                    run.sendAll(publisher, senders.of(publisher));
                    return null;
                }));
            }
            for (Future<?> publisher : publishers) {
                publisher.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a publisher failed: " + e.getCause(), e);
        }
    }

    /// The sender of each publisher.
    @FunctionalInterface
    interface IntSender {
        BusRun.Sender of(int publisher);
    }
}
