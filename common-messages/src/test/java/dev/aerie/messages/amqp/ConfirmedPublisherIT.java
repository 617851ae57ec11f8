package dev.aerie.messages.amqp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.TestBroker;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfirmedPublisherIT {

    private static final int MESSAGES = 20_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final DurableBatchSubscriber.Batches BATCHES =
            new DurableBatchSubscriber.Batches(250, Duration.ofMillis(5));

    @Test
    void put_brokerKilledAndRestartedUnderLoad_losesNothing() throws InterruptedException {
        var seen = new BitSet();
        try (var broker = TestBroker.privateNode();
                var reading = broker.connect("reader");
                var writing = broker.connect("writer");
                var subscriber = new DurableBatchSubscriber(
                        reading, "test.numbers", List.of("numbers"), BATCHES, bodies -> mark(seen, bodies));
                var publisher = new ConfirmedPublisher(writing, 2_000, 500)) {
            subscriber.start();
            publisher.start();
            Eventually.holds("subscribed", LIMIT, subscriber::isSubscribed);
            var load = Thread.ofVirtual().start(() -> putAll(publisher));
            Eventually.holds("a quarter", LIMIT, () -> publisher.counts().confirmed() > MESSAGES / 4);
            broker.kill();
            assertThat(publisher.counts().unconfirmed()).isLessThanOrEqualTo(2_000);
            broker.restart();
            load.join();
            assertThat(publisher.awaitConfirmed(LIMIT))
                    .as("all confirmed: %s", publisher.counts())
                    .isTrue();
            Eventually.holds(
                    () -> "all numbers arrive, missing from " + nextMissing(seen),
                    LIMIT,
                    () -> nextMissing(seen) == MESSAGES);
            ConfirmedPublisher.Counts counts = publisher.counts();
            assertThat(counts.confirmed()).isEqualTo(MESSAGES);
            assertThat(counts.republished()).isPositive();
            assertThat(subscriber.handled() - MESSAGES)
                    .as("twice at most: what was republished and what was delivered and not acknowledged")
                    .isBetween(0L, counts.republished() + 2L * BATCHES.messages());
        }
    }

    @Test
    void offer_noBrokerAndNoRoom_refusesAndCounts() {
        try (var connection = new BrokerConnection(BrokerAddress.parse("amqp://127.0.0.1:1/"), "nobody there");
                var publisher = new ConfirmedPublisher(connection, 3, 2)) {
            connection.start();
            publisher.start();
            for (int i = 0; i < 5; i++) {
                assertThat(publisher.offer("numbers", new byte[] {1})).isEqualTo(i < 3);
            }
            assertThat(publisher.counts()).isEqualTo(new ConfirmedPublisher.Counts(0, 3, 0, 2));
        }
    }

    private static void putAll(ConfirmedPublisher publisher) {
        try {
            for (int i = 0; i < MESSAGES; i++) {
                publisher.put("numbers", Integer.toString(i).getBytes(UTF_8));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void mark(BitSet seen, List<byte[]> bodies) {
        synchronized (seen) {
            bodies.forEach(body -> seen.set(Integer.parseInt(new String(body, UTF_8))));
        }
    }

    private static int nextMissing(BitSet seen) {
        synchronized (seen) {
            return seen.nextClearBit(0);
        }
    }
}
