package dev.aerie.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.rabbitmq.client.ConnectionFactory;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.BrokerKind;
import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.messages.amqp.StreamWorkPublisher;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EmbeddedBrokerIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PUBLISHED = 3_000;

    @Test
    void slowReader_getsTheNewestAndTheQueueStaysBounded() throws InterruptedException {
        var mayGoOn = new CountDownLatch(1);
        var seen = new ConcurrentLinkedQueue<Integer>();
        var bounds = new LiveSubscriber.Bounds(200, Duration.ofMinutes(1), 10);
        try (var broker = BrokerProcess.start("--watch-parent");
                var connection = broker.connect("slow");
                var subscriber = new LiveSubscriber(connection, List.of("slow"), bounds, (_, body) -> {
                    await(mayGoOn);
                    seen.add(Integer.valueOf(new String(body, UTF_8)));
                });
                var publisher = new ConfirmedPublisher(connection, PUBLISHED, 100)) {
            subscriber.start();
            publisher.start();
            Eventually.holds("subscribed", LIMIT, subscriber::isSubscribed);
            assertThat(connection.kind()).contains(BrokerKind.QPID);
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
    void killedAndRestarted_resultsFlowAgainAndStreamsAreSharedOutAnew() throws InterruptedException {
        var worker = new CountingWorker();
        var received = new AtomicInteger();
        var first = BrokerProcess.start("--watch-parent");
        try (var connection = first.connect("everyone");
                var subscriber = new LiveSubscriber(
                        connection,
                        List.of("processed_frames_exchange"),
                        LiveSubscriber.Bounds.DEFAULT,
                        (_, _) -> received.incrementAndGet());
                var results = new LivePublisher(connection, 100);
                var streams = new StreamWorkPublisher(connection, List.of("frame-processor"));
                var queue = new StreamWorkQueue(connection, "frame-processor", 4, worker)) {
            subscriber.start();
            results.start();
            streams.start();
            queue.start();
            streams.started(ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "drone", "first"));
            Eventually.holds("taken", LIMIT, () -> queue.held().size() == 1);
            first.kill();
            Eventually.holds("noticed", LIMIT, () -> !connection.isConnected());
            streams.started(ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "gate", "second"));
            try (var _ = BrokerProcess.start("--watch-parent", "--port", Integer.toString(first.port()))) {
                Eventually.holds(
                        "the new one is taken", LIMIT, () -> queue.held().size() == 2);
                Eventually.holds("subscribed again", LIMIT, subscriber::isSubscribed);
                results.publish(ExampleMessages.frameResult());
                Eventually.holds("results flow", LIMIT, () -> received.get() == 1);
                assertThat(worker.assigned).hasValue(2);
            }
        }
        assertThat(worker.revoked).hasValue(0);
    }

    @Test
    void passwordGiven_letsNobodyInWithAnother() throws Exception {
        try (var broker = BrokerProcess.start(Map.of("BROKER_PASSWORD", "s3cret"), "--watch-parent")) {
            var factory = new ConnectionFactory();
            factory.setPort(broker.port());
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> factory.newConnection("guest"));
            factory.setPassword("s3cret");
            try (var connection = factory.newConnection("ours")) {
                assertThat(connection.isOpen()).isTrue();
            }
        }
    }

    @Test
    void noPasswordGiven_letsNobodyInAsGuest() throws Exception {
        try (var broker = BrokerProcess.start(Map.of(), "--watch-parent")) {
            var factory = new ConnectionFactory();
            factory.setPort(broker.port());
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> factory.newConnection("guest"));
        }
    }

    @Test
    void parentGone_ends() throws InterruptedException, IOException {
        try (var broker = BrokerProcess.start("--watch-parent")) {
            assertThat(broker.port()).isPositive();
            broker.process().outputWriter().close();
            assertThat(broker.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(broker.process().exitValue()).isZero();
        }
    }

    @Test
    void sigterm_ends_andItsPortIsRefusedToASecond() throws InterruptedException {
        try (var broker = BrokerProcess.start();
                var second = BrokerProcess.start("--port", Integer.toString(broker.port()))) {
            assertThat(second.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(second.process().exitValue()).isEqualTo(1);
            broker.process().destroy();
            assertThat(broker.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void wrongOption_saysWhatIsAllowed() throws InterruptedException {
        try (var broker = BrokerProcess.start("--port", "70000")) {
            assertThat(broker.firstLine()).startsWith("usage: EmbeddedBroker");
            assertThat(broker.process().waitFor()).isEqualTo(2);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class CountingWorker implements StreamWorkQueue.Worker {

        private final AtomicInteger assigned = new AtomicInteger();
        private final AtomicInteger revoked = new AtomicInteger();

        @Override
        public void assigned(StreamAssignment assignment) {
            assigned.incrementAndGet();
        }

        @Override
        public void revoked(StreamAssignment assignment) {
            revoked.incrementAndGet();
        }
    }
}
