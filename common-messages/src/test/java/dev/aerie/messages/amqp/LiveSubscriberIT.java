package dev.aerie.messages.amqp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Exchanges;
import dev.aerie.messages.Message;
import dev.aerie.messages.Messages;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(TestBroker.SHARED)
final class LiveSubscriberIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PUBLISHED = 5_000;

    private final TestBroker broker = TestBroker.shared();

    @Test
    void handler_slow_getsTheNewestAndTheQueueStaysBounded() throws InterruptedException {
        var mayGoOn = new CountDownLatch(1);
        var seen = new ConcurrentLinkedQueue<Integer>();
        var bounds = new LiveSubscriber.Bounds(200, Duration.ofMinutes(1), 10);
        try (var connection = broker.connect("slow");
                var subscriber = new LiveSubscriber(connection, List.of("slow"), bounds, (_, body) -> {
                    await(mayGoOn);
                    seen.add(Integer.valueOf(new String(body, UTF_8)));
                });
                var publisher = new ConfirmedPublisher(connection, PUBLISHED, 500)) {
            subscriber.start();
            publisher.start();
            Eventually.holds("subscribed", LIMIT, subscriber::isSubscribed);
            for (int i = 0; i < PUBLISHED; i++) {
                publisher.put("slow", Integer.toString(i).getBytes(UTF_8));
            }
            assertThat(publisher.awaitConfirmed(LIMIT)).isTrue();
            mayGoOn.countDown();
            Eventually.holds("the newest arrives", LIMIT, () -> seen.contains(PUBLISHED - 1));
            assertThat(List.copyOf(seen)).hasSizeLessThanOrEqualTo(200 + 10).isSorted();
        }
    }

    @Test
    void handler_failing_isCountedAndDoesNotEndTheSubscription() throws InterruptedException {
        var seen = new ConcurrentLinkedQueue<Message>();
        try (var connection = broker.connect("failing");
                var subscriber = new LiveSubscriber(
                        connection,
                        List.of(Exchanges.IMU, "failing"),
                        LiveSubscriber.Bounds.DEFAULT,
                        (exchange, body) -> {
                            if (exchange.equals("failing")) {
                                throw new IllegalStateException("a bug of the handler's");
                            }
                            seen.add(Messages.read(body));
                        });
                var publisher = new LivePublisher(connection, 10)) {
            subscriber.start();
            publisher.start();
            Eventually.holds("subscribed", LIMIT, subscriber::isSubscribed);
            publisher.publish("failing", new byte[] {1});
            publisher.publish(Exchanges.IMU, "{}".getBytes(UTF_8));
            publisher.publish(ExampleMessages.imuSample());
            Eventually.holds("the good one arrives", LIMIT, () -> !seen.isEmpty());
            assertThat(seen).containsExactly(ExampleMessages.imuSample());
            assertThat(subscriber.failed()).isEqualTo(2);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
