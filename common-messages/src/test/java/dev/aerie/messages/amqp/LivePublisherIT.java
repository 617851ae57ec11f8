package dev.aerie.messages.amqp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LivePublisherIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private TestBroker broker;

    @BeforeAll
    void startBroker() {
        broker = TestBroker.privateNode();
    }

    @AfterAll
    void stopBroker() {
        broker.close();
    }

    @Test
    void publish_brokerKilledAndRestartedUnderLoad_staysBoundedAndRecovers() throws InterruptedException {
        var last = new AtomicLong(-1);
        var offered = new AtomicLong();
        var loading = new AtomicBoolean(true);
        try (var connection = broker.connect("live");
                var subscriber = new LiveSubscriber(
                        connection,
                        List.of("load"),
                        LiveSubscriber.Bounds.DEFAULT,
                        (_, body) -> last.set(number(body)));
                var publisher = new LivePublisher(connection, 50)) {
            subscriber.start();
            publisher.start();
            Eventually.holds("subscribed", LIMIT, subscriber::isSubscribed);
            var load = Thread.ofVirtual().start(() -> load(publisher, offered, loading));
            Eventually.holds("results flow", LIMIT, () -> last.get() > 100);
            broker.kill();
            Eventually.holds("noticed", LIMIT, () -> !connection.isConnected());
            Eventually.holds("drops", LIMIT, () -> publisher.dropped() > 100);
            assertThat(publisher.buffered()).isLessThanOrEqualTo(50);
            assertThat(connection.lastFailure()).isNotEmpty();
            broker.restart();
            long atRestart = offered.get();
            Eventually.holds("results flow again", LIMIT, () -> last.get() > atRestart);
            loading.set(false);
            load.join();
            Eventually.holds("buffer drains", LIMIT, () -> publisher.buffered() == 0);
            Eventually.holds(
                    "every message was published or dropped",
                    LIMIT,
                    () -> publisher.published() + publisher.dropped() == offered.get());
            assertThat(connection.isConnected()).isTrue();
        }
    }

    @Test
    void publish_brokerAwayFromTheStart_keepsTheNewestForItsReturn() throws InterruptedException {
        broker.kill();
        try (var connection = broker.connect("early");
                var publisher = new LivePublisher(connection, 100)) {
            publisher.start();
            for (int i = 0; i < 1_000; i++) {
                publisher.publish("early", bytes(i));
            }
            assertThat(publisher.buffered()).isEqualTo(100);
            assertThat(publisher.dropped()).isEqualTo(900);
            broker.restart();
            Eventually.holds("buffer drains", LIMIT, () -> publisher.published() == 100);
            assertThat(publisher.publishedByExchange()).containsEntry("early", 100L);
        }
    }

    @Test
    void publish_brokerFrozen_neverWaitsAndClosesInTime() throws InterruptedException {
        var connection = broker.connect("frozen");
        var publisher = new LivePublisher(connection, 20);
        publisher.start();
        publisher.publish("frozen", bytes(0));
        Eventually.holds("first is out", LIMIT, () -> publisher.published() == 1);
        broker.freeze();
        try {
            long start = System.nanoTime();
            for (int i = 0; i < 500; i++) { // far beyond what the sockets buffer
                publisher.publish("frozen", new byte[100_000]);
            }
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
            Eventually.holds("drops", LIMIT, () -> publisher.dropped() > 0);
            long closing = System.nanoTime();
            publisher.close();
            connection.close();
            assertThat(System.nanoTime() - closing).isLessThan(TimeUnit.SECONDS.toNanos(8));
        } finally {
            broker.thaw();
        }
    }

    private static void load(LivePublisher publisher, AtomicLong offered, AtomicBoolean loading) {
        while (loading.get()) {
            publisher.publish("load", bytes(offered.getAndIncrement()));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static byte[] bytes(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }

    private static long number(byte[] body) {
        return Long.parseLong(new String(body, UTF_8));
    }
}
