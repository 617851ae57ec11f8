package dev.aerie.messages.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.KillableReplica;
import dev.aerie.messages.testing.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StreamWorkQueueIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private TestBroker broker;

    @BeforeAll
    void startBroker() {
        broker = TestBroker.privateNode(Map.of("consumer_timeout", "5000"));
    }

    @AfterAll
    void stopBroker() {
        broker.close();
    }

    @Test
    void replica_killed_itsStreamsMoveWithinTenSeconds() throws Exception {
        var worker = new RecordingWorker();
        try (var connection = broker.connect("survivor");
                var publisher = new StreamWorkPublisher(connection, List.of("killing"));
                var survivor = new StreamWorkQueue(connection, "killing", 4, worker);
                var victim = KillableReplica.start(broker.url(), "killing", 4)) {
            publisher.start();
            Eventually.holds("queue", LIMIT, () -> consumers("killing") == 1);
            survivor.start();
            Eventually.holds("both take", LIMIT, () -> consumers("killing") == 2);
            start(publisher, 4);
            Eventually.holds("streams are shared", LIMIT, () -> survivor.held().size() == 2 && waiting("killing") == 0);
            victim.kill();
            Eventually.holds(
                    "streams moved",
                    Duration.ofSeconds(10),
                    () -> survivor.held().size() == 4);
            assertThat(worker.revoked).isEmpty();
        }
    }

    @Test
    void held_brokerKilledAndRestarted_everyStreamHasOneReplicaAgain() throws Exception {
        var workers = List.of(new RecordingWorker(), new RecordingWorker());
        try (var one = broker.connect("one");
                var two = broker.connect("two");
                var publisher = new StreamWorkPublisher(one, List.of("restarting"));
                var first = new StreamWorkQueue(one, "restarting", 3, workers.get(0));
                var second = new StreamWorkQueue(two, "restarting", 3, workers.get(1))) {
            Stream.of(first, second).forEach(StreamWorkQueue::start);
            publisher.start();
            Eventually.holds("both take", LIMIT, () -> consumers("restarting") == 2);
            start(publisher, 4);
            Eventually.holds("all taken", LIMIT, () -> sessions(first, second).size() == 4);
            broker.kill();
            Eventually.holds("noticed", LIMIT, () -> !one.isConnected() && !two.isConnected());
            assertThat(sessions(first, second)).as("the work goes on").hasSize(4);
            StreamAssignment over = first.held().getFirst();
            over.release();
            publisher.ended(ExampleMessages.streamEvent(StreamEvent.Kind.ENDED, over.stream(), over.session()));
            broker.restart();
            Eventually.holds("back", LIMIT, () -> consumers("restarting") == 2 && waiting("restarting") == 0);
            Eventually.holds(
                    () -> "each running stream is held once: " + sessions(first, second),
                    LIMIT,
                    () -> sessions(first, second).stream()
                            .filter(session -> !session.equals(over.session()))
                            .sorted()
                            .toList()
                            .equals(running(over)));
        }
    }

    @Test
    void held_channelClosedByTheConsumerTimeout_workGoesOnUntold() throws Exception {
        var worker = new RecordingWorker();
        try (var connection = broker.connect("patient");
                var publisher = new StreamWorkPublisher(connection, List.of("timing"))) {
            publisher.start();
            try (var queue = new StreamWorkQueue(connection, "timing", 2, worker)) {
                queue.start();
                start(publisher, 1);
                Eventually.holds("taken", LIMIT, () -> queue.held().size() == 1);
                int before = queue.channelsUsed();
                Eventually.holds("the broker closed the channel", LIMIT, () -> queue.channelsUsed() > before);
                Eventually.holds("taken again", LIMIT, () -> consumers("timing") == 1 && waiting("timing") == 0);
                assertThat(worker.assigned).hasSize(1);
                assertThat(worker.revoked).isEmpty();
                assertThat(connection.isConnected()).isTrue();
                worker.assigned.getFirst().release();
            }
            Eventually.holds("acknowledged", LIMIT, () -> consumers("timing") == 0 && waiting("timing") == 0);
        }
    }

    @Test
    void giveBack_oneReplicaCannot_anotherGetsIt() throws Exception {
        var workers = List.of(new RecordingWorker(), new RecordingWorker());
        try (var connection = broker.connect("giving");
                var publisher = new StreamWorkPublisher(connection, List.of("giving"))) {
            publisher.start();
            start(publisher, 1);
            try (var queue = new StreamWorkQueue(connection, "giving", 1, workers.get(0))) {
                queue.start();
                Eventually.holds("taken", LIMIT, () -> workers.get(0).assigned.size() == 1);
                workers.get(0).assigned.getFirst().giveBack();
                Eventually.holds(
                        "comes again", LIMIT, () -> workers.get(0).assigned.size() == 2);
            }
            try (var queue = new StreamWorkQueue(connection, "giving", 1, workers.get(1))) {
                queue.start();
                Eventually.holds(
                        "another takes it", LIMIT, () -> workers.get(1).assigned.size() == 1);
                workers.get(1).assigned.getFirst().release();
                assertThat(queue.held()).isEmpty();
            }
            Eventually.holds("done", LIMIT, () -> consumers("giving") == 0 && waiting("giving") == 0);
        }
    }

    @Test
    void started_oneSessionUnderTwoNames_bothAreWorkedOnAndEachEndsAlone() throws Exception {
        var live = ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "live", "session-0");
        var again = ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "again", "session-0");
        var worker = new RecordingWorker();
        try (var connection = broker.connect("showing");
                var publisher = new StreamWorkPublisher(connection, List.of("showing"));
                var queue = new StreamWorkQueue(connection, "showing", 2, worker)) {
            publisher.start();
            publisher.started(live);
            publisher.started(again);
            Eventually.holds("published", LIMIT, () -> publisher.unconfirmed() == 0);
            queue.start();
            Eventually.holds("both taken", LIMIT, () -> worker.assigned.size() == 2);
            publisher.ended(again);
            worker.assigned.get(1).release();
            assertThat(queue.held())
                    .singleElement()
                    .satisfies(held -> assertThat(held.stream()).isEqualTo("live"));
        }
    }

    private static void start(StreamWorkPublisher publisher, int streams) throws InterruptedException {
        for (int i = 0; i < streams; i++) {
            publisher.started(ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "cam" + i, "session-" + i));
        }
        Eventually.holds("published", LIMIT, () -> publisher.unconfirmed() == 0);
    }

    private static List<String> sessions(StreamWorkQueue... queues) {
        return Stream.of(queues)
                .flatMap(queue -> queue.held().stream())
                .map(StreamAssignment::session)
                .toList();
    }

    private static List<String> running(StreamAssignment over) {
        return Stream.of("session-0", "session-1", "session-2", "session-3")
                .filter(session -> !session.equals(over.session()))
                .toList();
    }

    private long waiting(String service) {
        return ask(service, true);
    }

    private long consumers(String service) {
        return ask(service, false);
    }

    private long ask(String service, boolean messages) {
        String queue = Exchanges.workQueue(service);
        try (var connection = plainConnection();
                var channel = connection.createChannel()) {
            return messages ? channel.messageCount(queue) : channel.consumerCount(queue);
        } catch (Exception _) {
            return -1; // no such queue yet, or no broker
        }
    }

    private com.rabbitmq.client.Connection plainConnection() throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(broker.url().replaceAll("/$", ""));
        return factory.newConnection("watcher");
    }
}
