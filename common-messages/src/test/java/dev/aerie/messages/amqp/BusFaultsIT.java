package dev.aerie.messages.amqp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.TestBroker;
import dev.aerie.threads.ThreadFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bugs of those who use the bus, and messages that cannot be sent: each is counted, and what it befell goes on.
@ResourceLock(TestBroker.SHARED)
final class BusFaultsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /// Longer than AMQP lets a name be, so that the client itself throws.
    private static final String UNSPEAKABLE = "x".repeat(300);

    private final TestBroker broker = TestBroker.shared();

    static List<Throwable> bugs() {
        return List.of(new IllegalStateException("a bug"), new AssertionError("a worse bug"));
    }

    @Test
    void publisher_messageThatCannotBeSent_isDroppedAndTheNextArrives() throws InterruptedException {
        var seen = new ConcurrentLinkedQueue<String>();
        try (var connection = broker.connect("unsendable");
                var subscriber = new LiveSubscriber(
                        connection,
                        List.of("sendable"),
                        LiveSubscriber.Bounds.DEFAULT,
                        (_, body) -> seen.add(new String(body, UTF_8)));
                var publisher = new ConfirmedPublisher(connection, 10, 5)) {
            subscriber.start();
            Eventually.holds("subscribed", LIMIT, subscriber::isSubscribed);
            publisher.start();
            publisher.put("sendable", "before".getBytes(UTF_8));
            publisher.put(UNSPEAKABLE, "never".getBytes(UTF_8));
            publisher.put("sendable", "after".getBytes(UTF_8));
            Eventually.holds("the next arrives", LIMIT, () -> seen.contains("after"));
            assertThat(publisher.unsendable()).isEqualTo(1);
            assertThat(publisher.awaitConfirmed(LIMIT)).isTrue();
            assertThat(ThreadFailures.counts().get("confirmed-publisher")).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void subscriber_handlerThrows_theMessageIsAcknowledgedAndTheNextIsHeard(Throwable bug) throws InterruptedException {
        var seen = new ConcurrentLinkedQueue<Integer>();
        var bounds = new LiveSubscriber.Bounds(1000, Duration.ofMinutes(1), 2); // two unacknowledged would be silence
        try (var connection = broker.connect("throwing");
                var subscriber = new LiveSubscriber(connection, List.of("throwing"), bounds, (_, body) -> {
                    if (body[0] < 5) {
                        throwIt(bug);
                    }
                    seen.add((int) body[0]);
                });
                var publisher = new ConfirmedPublisher(connection, 10, 5)) {
            subscriber.start();
            Eventually.holds("subscribed", LIMIT, subscriber::isSubscribed);
            publisher.start();
            for (byte i = 0; i < 8; i++) {
                publisher.put("throwing", new byte[] {i});
            }
            Eventually.holds("heard", LIMIT, () -> seen.size() == 3);
            assertThat(subscriber.failed()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void batchSubscriber_handlerThrows_theSameBatchComesAgainAndTheCauseIsSaid(Throwable bug)
            throws InterruptedException {
        var broken = new AtomicBoolean(true);
        var taken = new ConcurrentLinkedQueue<byte[]>();
        try (var connection = broker.connect("batches");
                var subscriber = new DurableBatchSubscriber(
                        connection,
                        "test.faults",
                        List.of("faulty_batches"),
                        DurableBatchSubscriber.Batches.DEFAULT,
                        bodies -> {
                            if (broken.get()) {
                                throwIt(bug);
                            }
                            taken.addAll(bodies);
                        });
                var publisher = new ConfirmedPublisher(connection, 10, 5)) {
            subscriber.start();
            Eventually.holds("subscribed", LIMIT, subscriber::isSubscribed);
            publisher.start();
            publisher.put("faulty_batches", new byte[] {1});
            Eventually.holds("it fails again and again", LIMIT, () -> subscriber.failed() >= 2);
            assertThat(subscriber.lastFailure()).isEqualTo(bug.getMessage());
            broken.set(false);
            Eventually.holds("taken", LIMIT, () -> taken.size() == 1);
            assertThat(subscriber.lastFailure()).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void channelWork_throws_isSaidCountedAndBegunAgain(Throwable bug) throws InterruptedException {
        var broken = new AtomicBoolean(true);
        var works = new AtomicBoolean();
        String name = "faulty-work-" + bug.getClass().getSimpleName();
        try (var connection = broker.connect("working");
                var keeper = new ChannelKeeper(connection, name, channel -> {
                    if (broken.get()) {
                        throwIt(bug);
                    }
                    works.set(channel.isOpen());
                    ShutdownSignal.of(channel).await();
                })) {
            keeper.start();
            Eventually.holds(
                    "readiness can tell",
                    LIMIT,
                    () -> ThreadFailures.now().getOrDefault(name, "").contains(bug.getMessage()));
            assertThat(ThreadFailures.counts().get(name)).isPositive();
            broken.set(false);
            Eventually.holds("begun again", LIMIT, works::get);
            assertThat(ThreadFailures.now()).doesNotContainKey(name);
        }
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void connection_listenerThrows_connectsAndReconnects(Throwable bug) throws Exception {
        var connection = new BrokerConnection(BrokerAddress.parse(broker.url()), "listened");
        try (connection) {
            Queue<Boolean> told = new ConcurrentLinkedQueue<>();
            connection.onChange(_ -> throwIt(bug));
            connection.onChange(told::add);
            connection.start();
            Eventually.holds("connected", LIMIT, connection::isConnected);
            connection.openChannel().getConnection().abort();
            Eventually.holds("again", LIMIT, () -> List.copyOf(told).equals(List.of(true, false, true)));
            Eventually.holds("connected again", LIMIT, connection::isConnected);
        }
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void workQueue_workerThrowsOnOneStream_itComesAgainAndTheOthersStay(Throwable bug) throws InterruptedException {
        var attempts = new ConcurrentLinkedQueue<String>();
        var worker = new RecordingWorker() {
            @Override
            public void assigned(StreamAssignment assignment) {
                if (assignment.stream().equals("bad")) {
                    attempts.add(assignment.session());
                    if (attempts.size() < 3) {
                        throwIt(bug);
                    }
                }
                super.assigned(assignment);
            }
        };
        String service = "faulty-" + bug.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        try (var connection = broker.connect("faulty worker");
                var publisher = new StreamWorkPublisher(connection, List.of(service));
                var work = new StreamWorkQueue(connection, service, 4, worker)) {
            publisher.start();
            work.start();
            publisher.started(ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "good", "good-1"));
            Eventually.holds("the good one is taken", LIMIT, () -> worker.assigned.size() == 1);
            int channels = work.channelsUsed();
            publisher.started(ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "bad", "bad-1"));
            Eventually.holds("both are worked on", LIMIT, () -> worker.assigned.size() == 2);
            assertThat(attempts).hasSize(3);
            assertThat(worker.revoked).isEmpty();
            assertThat(work.channelsUsed()).as("the channel was never given up").isEqualTo(channels);
            publisher.ended(ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "good", "good-1"));
            publisher.ended(ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "bad", "bad-1"));
            new ArrayList<>(worker.assigned).forEach(StreamAssignment::release);
        }
    }

    private static void throwIt(Throwable bug) {
        switch (bug) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalArgumentException(bug);
        }
    }
}
