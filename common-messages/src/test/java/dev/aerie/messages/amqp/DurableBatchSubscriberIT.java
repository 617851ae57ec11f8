package dev.aerie.messages.amqp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.TestBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(TestBroker.SHARED)
final class DurableBatchSubscriberIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MESSAGES = 2_000;

    @Test
    void accept_handlerFailsThenReaderGoesAndComesBack_everyMessageIsTaken() throws InterruptedException {
        var broker = TestBroker.shared();
        var taken = new ArrayList<String>();
        var full = new AtomicBoolean(true);
        BatchHandler handler = bodies -> take(bodies, taken, full);
        try (var connection = broker.connect("batches");
                var publisher = new ConfirmedPublisher(connection, MESSAGES, 500)) {
            publisher.start();
            try (var first = subscriber(connection, handler)) {
                Eventually.holds("subscribed", LIMIT, first::isSubscribed);
                IntStream.range(0, MESSAGES)
                        .forEach(number -> publisher.offer(
                                "batches", Integer.toString(number).getBytes(UTF_8)));
                Eventually.holds("the disk is full", LIMIT, () -> first.failed() > 0);
                assertThat(first.lastFailure()).isEqualTo("no room");
                full.set(false);
                Eventually.holds("room again", LIMIT, () -> first.handled() > 0);
            }
            assertThat(publisher.awaitConfirmed(LIMIT)).isTrue();
            try (var _ = subscriber(connection, handler)) {
                Eventually.holds("all are there", LIMIT, () -> distinct(taken) == MESSAGES);
            }
        }
    }

    @Test
    void replacing_oldQueueHoldsMessages_takesThemOverAndDeletesIt() throws Exception {
        var broker = TestBroker.shared();
        var taken = new ArrayList<String>();
        var full = new AtomicBoolean(true);
        BatchHandler handler = bodies -> take(bodies, taken, full);
        try (var connection = broker.connect("takeover");
                var publisher = new ConfirmedPublisher(connection, MESSAGES, 500)) {
            makeOldQueue(connection);
            publisher.start();
            publish(publisher, 0, 120);
            assertThat(publisher.awaitConfirmed(LIMIT)).isTrue();
            try (var first = replacing(connection, handler)) {
                Eventually.holds("the handler fails", LIMIT, () -> first.failed() > 0);
            }
            assertThat(oldQueueExists(connection))
                    .as("nothing of it was handled")
                    .isTrue();
            publish(publisher, 120, 200);
            assertThat(publisher.awaitConfirmed(LIMIT)).isTrue();
            full.set(false);
            try (var second = replacing(connection, handler)) {
                Eventually.holds("all are handled", LIMIT, () -> distinct(taken) == 200);
                Eventually.holds("the old queue is deleted", LIMIT, () -> !oldQueueExists(connection));
                publish(publisher, 200, 210);
                Eventually.holds("later messages arrive", LIMIT, () -> distinct(taken) == 210);
                assertThat(second.lastFailure()).isNull();
            }
            assertThat(taken.subList(0, 120))
                    .as("the old queue comes first")
                    .isEqualTo(
                            IntStream.range(0, 120).mapToObj(Integer::toString).toList());
        }
    }

    private static void makeOldQueue(BrokerConnection connection) throws Exception {
        var channel = connection.openChannel();
        OutgoingMessage.declareExchange(channel, "takeover");
        channel.queueDeclare("test.takeover.old", true, false, false, null);
        channel.queueBind("test.takeover.old", "takeover", "");
        channel.abort();
    }

    private static boolean oldQueueExists(BrokerConnection connection) {
        try {
            var channel = connection.openChannel();
            try {
                return WorkQueueProbe.exists(channel.getConnection(), "test.takeover.old");
            } finally {
                channel.abort();
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static DurableBatchSubscriber replacing(BrokerConnection connection, BatchHandler handler) {
        var batches = new DurableBatchSubscriber.Batches(50, Duration.ofMillis(20));
        var subscriber = new DurableBatchSubscriber(connection, "test.takeover", List.of("takeover"), batches, handler)
                .replacing("test.takeover.old");
        subscriber.start();
        return subscriber;
    }

    private static void publish(ConfirmedPublisher publisher, int first, int end) {
        IntStream.range(first, end)
                .forEach(number ->
                        publisher.offer("takeover", Integer.toString(number).getBytes(UTF_8)));
    }

    private static DurableBatchSubscriber subscriber(BrokerConnection connection, BatchHandler handler) {
        var batches = new DurableBatchSubscriber.Batches(50, Duration.ofMillis(20));
        var subscriber = new DurableBatchSubscriber(connection, "test.batches", List.of("batches"), batches, handler);
        subscriber.start();
        return subscriber;
    }

    private static void take(List<byte[]> bodies, List<String> taken, AtomicBoolean full) throws IOException {
        assertThat(bodies).hasSizeBetween(1, 50);
        if (full.get()) {
            throw new IOException("no room");
        }
        synchronized (taken) {
            bodies.forEach(body -> taken.add(new String(body, UTF_8)));
        }
    }

    private static long distinct(List<String> taken) {
        synchronized (taken) {
            return taken.stream().distinct().count();
        }
    }
}
