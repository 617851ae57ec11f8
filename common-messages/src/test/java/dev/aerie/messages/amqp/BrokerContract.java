package dev.aerie.messages.amqp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.PlainClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an operator may rely on, on every kind of broker; each kind's test extends this.
public abstract class BrokerContract {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /// Short, so that a test need not wait; in the same proportions as the usual one.
    private static final WorkQueueSweep.Patience HASTY =
            new WorkQueueSweep.Patience(Duration.ofMillis(200), Duration.ofMillis(600), Duration.ofMillis(2_500));

    private static final int LOOKS = 20;

    private PlainClient watcher;

    /// `amqp://user:password@127.0.0.1:PORT/`
    protected abstract String brokerUrl();

    @BeforeEach
    final void watch() throws Exception {
        watcher = new PlainClient(brokerUrl());
    }

    @AfterEach
    final void unwatch() {
        watcher.close();
    }

    @Test
    void inspectQueue_250Results_keepsThe100Newest() throws Exception {
        String queue = InspectQueues.queueOf("inspected");
        try (var connection = connect("inspecting");
                var inspect = new InspectQueues(connection, List.of("inspected"));
                var publisher = new ConfirmedPublisher(connection, 300, 100)) {
            inspect.start();
            publisher.start();
            Eventually.holds("kept", LIMIT, inspect::areKept);
            for (int i = 0; i < 250; i++) {
                publisher.put("inspected", Integer.toString(i).getBytes(UTF_8));
            }
            assertThat(publisher.awaitConfirmed(LIMIT)).isTrue();
            Eventually.holds("bounded", LIMIT, () -> watcher.waiting(queue) == InspectQueues.MESSAGES);
        }
        var kept = watcher.takeAll(queue).stream()
                .map(message -> Integer.valueOf(new String(message.getBody(), UTF_8)))
                .toList();
        assertThat(kept).hasSize(100).isSorted().startsWith(150).endsWith(249);
    }

    @Test
    void patientQueue_filledBeyondItsBytes_keepsTheNewest() throws Exception {
        String queue = "filled";
        var factory = new ConnectionFactory();
        factory.setUri(brokerUrl().replaceAll("/$", ""));
        try (var connection = factory.newConnection("filler");
                var channel = connection.createChannel()) {
            channel.queueDeclare(
                    queue,
                    true,
                    false,
                    false,
                    BrokerConnection.kindOf(connection).patientQueue(1 << 20));
            channel.confirmSelect();
            for (int i = 0; i < 64; i++) {
                byte[] body = new byte[64 << 10];
                body[0] = (byte) i;
                channel.basicPublish("", queue, null, body);
            }
            assertThat(channel.waitForConfirms(LIMIT.toMillis())).isTrue();
            Eventually.holds("bounded", LIMIT, () -> watcher.waiting(queue) <= 16);
            var kept = watcher.takeAll(queue).stream()
                    .map(message -> (int) message.getBody()[0])
                    .toList();
            assertThat(kept).hasSizeGreaterThan(8).isSorted().endsWith(63);
            channel.queueDelete(queue);
        }
    }

    @Test
    void liveQueue_nameHeldByAnOlderConnection_subscribesUnderALongerName() throws Exception {
        var received = new AtomicInteger();
        watcher.hold("dashboard.twin");
        try (var connection = connect("twin");
                var subscriber = new LiveSubscriber(
                        connection,
                        "dashboard.twin",
                        List.of("twins"),
                        LiveSubscriber.Bounds.DEFAULT,
                        (_, _) -> received.incrementAndGet());
                var publisher = new LivePublisher(connection, 10)) {
            subscriber.start();
            Eventually.holds("subscribed", Duration.ofSeconds(15), subscriber::isSubscribed);
            publisher.start();
            publisher.publish("twins", new byte[] {1});
            Eventually.holds("it hears", LIMIT, () -> received.get() == 1);
        }
    }

    @Test
    void workQueue_nobodyConsumesIt_holdsTheRunningSessionsAlone() throws Exception {
        String queue = Exchanges.workQueue("absent");
        try (var connection = connect("ingest");
                var publisher = new StreamWorkPublisher(connection, List.of("absent"))) {
            publisher.start();
            for (int i = 0; i < 40; i++) {
                publisher.started(session("cam" + i % 4, "session-" + i));
                Eventually.holds("published", LIMIT, () -> publisher.unconfirmed() == 0);
                if (i >= 2) {
                    publisher.ended(session("cam" + (i - 2) % 4, "session-" + (i - 2)));
                }
            }
            Eventually.holds("two are left", LIMIT, () -> watcher.waiting(queue) == 2);
            publisher.ended(session("cam2", "session-38"));
            publisher.ended(session("cam3", "session-39"));
            Eventually.holds("none is left", LIMIT, () -> watcher.waiting(queue) == 0);
        }
    }

    @Test
    void workQueue_ingestGoneAndAnotherCome_oldSessionsGo() throws Exception {
        String queue = Exchanges.workQueue("inherited");
        try (var connection = connect("former");
                var former = new StreamWorkPublisher(connection, List.of("inherited"))) {
            former.start();
            former.started(session("gate", "former-1"));
            former.started(session("yard", "former-2"));
            Eventually.holds("published", LIMIT, () -> former.unconfirmed() == 0);
        }
        watcher.publish("", queue, "no message".getBytes(UTF_8));
        try (var connection = connect("present");
                var present = new StreamWorkPublisher(connection, List.of("inherited"), HASTY)) {
            present.start();
            present.started(session("gate", "present-1"));
            var looksInARow = new AtomicInteger(); // a sweep holds messages for milliseconds: they only seem gone
            Eventually.holds("the old ones go", LIMIT, () -> {
                looksInARow.set(watcher.waiting(queue) == 1 ? looksInARow.get() + 1 : 0);
                return looksInARow.get() == LOOKS;
            });
            var left = new ArrayList<String>();
            Eventually.holds("taken, though it is looked at now and then", LIMIT, () -> {
                watcher.takeAll(queue).forEach(message -> left.add(new String(message.getBody(), UTF_8)));
                return !left.isEmpty();
            });
            assertThat(left).singleElement().asString().contains("present-1");
            Eventually.holds("one taken by mistake comes again", LIMIT, () -> watcher.waiting(queue) == 1);
        }
    }

    @Test
    void workQueue_twoIngests_neitherTakesTheOthersOut() throws Exception {
        String queue = Exchanges.workQueue("shared");
        try (var one = connect("one");
                var two = connect("two");
                var first = new StreamWorkPublisher(one, List.of("shared"), HASTY);
                var second = new StreamWorkPublisher(two, List.of("shared"), HASTY)) {
            first.start();
            second.start();
            first.started(session("gate", "first-1"));
            second.started(session("yard", "second-1"));
            Eventually.holds("both there", LIMIT, () -> watcher.waiting(queue) == 2);
            Thread.sleep(2 * HASTY.stale().toMillis()); // as long as a dead one would be taken for dead
            Eventually.holds("both there still", LIMIT, () -> watcher.waiting(queue) == 2);
            var worker = new RecordingWorker();
            try (var connection = connect("worker");
                    var work = new StreamWorkQueue(connection, "shared", 4, worker)) {
                work.start();
                Eventually.holds("both taken", LIMIT, () -> work.held().size() == 2);
                Thread.sleep(2 * HASTY.stale().toMillis());
                assertThat(worker.assigned).hasSize(2);
                assertThat(work.held()).hasSize(2);
                assertThat(watcher.waiting(queue))
                        .as("nothing beside what is held")
                        .isIn(0L, 2L); // Qpid counts both
            }
        }
    }

    @Test
    void workQueue_workersFull_endedSessionDoesNotWaitForThem() throws Exception {
        var worker = new RecordingWorker();
        try (var connection = connect("busy");
                var publisher = new StreamWorkPublisher(connection, List.of("busy"));
                var work = new StreamWorkQueue(connection, "busy", 1, worker)) {
            publisher.start();
            work.start();
            publisher.started(session("gate", "busy-1"));
            Eventually.holds("taken", LIMIT, () -> work.held().size() == 1);
            publisher.started(session("yard", "busy-2"));
            publisher.started(session("roof", "busy-3"));
            Eventually.holds("published", LIMIT, () -> publisher.unconfirmed() == 0);
            publisher.ended(session("yard", "busy-2"));
            String queue = Exchanges.workQueue("busy");
            Eventually.holds("out", LIMIT, () -> !isThere(queue, connection));
            worker.assigned.getFirst().release();
            Eventually.holds("the next", LIMIT, () -> worker.assigned.size() == 2);
            assertThat(worker.assigned.get(1).session()).isEqualTo("busy-3");
        }
    }

    /// Whether more than one message waits behind what the worker holds; the held one counts on Qpid.
    private boolean isThere(String queue, BrokerConnection connection) {
        long held = connection.kind().filter(BrokerKind.QPID::equals).isPresent() ? 1 : 0;
        return watcher.waiting(queue) > 1 + held;
    }

    private BrokerConnection connect(String name) {
        var connection = new BrokerConnection(BrokerAddress.parse(brokerUrl()), name);
        connection.start();
        return connection;
    }

    private static StreamEvent session(String stream, String session) {
        return ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, stream, session);
    }
}
