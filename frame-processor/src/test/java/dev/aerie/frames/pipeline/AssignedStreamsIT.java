package dev.aerie.frames.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import dev.aerie.frames.testing.ManualFrameSource;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.RestartRequest;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.BrokerAddress;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.amqp.StreamWorkPublisher;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.KillableReplica;
import dev.aerie.messages.testing.MessageSchemas;
import dev.aerie.messages.testing.TestBroker;
import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.prompt.StrategyChoice;
import dev.aerie.vision.prompt.StrategyKind;
import dev.aerie.vision.testing.ScriptedFrame;
import dev.aerie.vision.track.TrackingByDetection;
import dev.aerie.vision.tracker.ProcessingMode;
import dev.aerie.vision.tracker.StreamControl;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Scripted frames through the whole pipeline and a real broker, given out by its work queue as the
/// ingest fills it.
final class AssignedStreamsIT {

    private static final String SERVICE = "frame-processor";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration HANDOVER = Duration.ofSeconds(10);
    private static final Producer INGEST = Producer.of("ingest-server", "in-test");
    private static final String SESSION = ExampleMessages.SESSION;
    private static final String LATER = "01K9JXW8Z3T4V5W6X7Y8Z9ABCD";

    private static TestBroker broker;

    private final ManualFrameSource source = new ManualFrameSource();
    private final List<FrameResult> received = new CopyOnWriteArrayList<>();
    private final BrokerConnection connection = broker.connect("test");
    private final LivePublisher publisher = new LivePublisher(connection, 100);
    private final StreamWorkPublisher ingest = new StreamWorkPublisher(connection, List.of(SERVICE));
    private final LiveSubscriber dashboard = new LiveSubscriber(
            connection, List.of(Exchanges.PROCESSED_FRAMES), LiveSubscriber.Bounds.DEFAULT, this::receive);
    private final StreamWorkers<FrameWorker> workers = new StreamWorkers<>(
            SERVICE,
            new FrameWorkerFactory(
                    pipeline(),
                    () -> new StreamControl(
                            ProcessingMode.VIDEO, 30, new StrategyChoice(StrategyKind.DETECTOR, "thing."))));
    private final LiveSubscriber events =
            new LiveSubscriber(connection, StreamWorkers.EXCHANGES, LiveSubscriber.Bounds.DEFAULT, workers);
    private final StreamWorkQueue workQueue = new StreamWorkQueue(connection, SERVICE, 2, workers);

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.privateNode();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start() throws InterruptedException {
        publisher.start();
        ingest.start();
        dashboard.start();
        events.start();
        Eventually.holds("subscribed", LIMIT, () -> dashboard.isSubscribed() && events.isSubscribed());
        ingest.started(event(StreamEvent.Kind.STARTED, "01K9JXW0Z3T4V5W6X7Y8Z9ABCD"));
        Eventually.holds("queue", LIMIT, () -> ingest.unconfirmed() == 0);
        onBroker(channel -> channel.queuePurge(Exchanges.workQueue(SERVICE)));
    }

    @AfterEach
    void close() {
        workQueue.close();
        events.close();
        workers.close();
        dashboard.close();
        ingest.close();
        publisher.close();
        connection.close();
        onBroker(channel -> channel.queueDelete(Exchanges.workQueue(SERVICE)));
    }

    @Test
    void stream_fromStartToEnd_resultsCarryTheirFramesIdentity() throws Exception {
        workQueue.start();
        ingest.started(event(StreamEvent.Kind.STARTED, SESSION));
        give(SESSION, 100, 130);
        Eventually.holds(
                () -> "30 results, not %d; published %d, dropped %d, buffered %d; works on it: %s"
                        .formatted(
                                received.size(),
                                publisher.published(),
                                publisher.dropped(),
                                publisher.buffered(),
                                worksOn(SESSION)),
                LIMIT,
                () -> received.size() == 30);
        for (int i = 0; i < received.size(); i++) {
            var stamp = ScriptedFrame.of("drone", SESSION, i + 100L).stamp();
            assertThat(received.get(i).envelope().frameId()).isEqualTo(stamp.id());
            assertThat(received.get(i).envelope().captureTimeNanos()).isEqualTo(stamp.captureTimeNanos());
        }
        assertThat(received.getLast().objects()).isNotEmpty();

        publisher.publish(event(StreamEvent.Kind.ENDED, SESSION));
        Eventually.holds(
                "left", LIMIT, () -> workers.all().isEmpty() && workQueue.held().isEmpty());
    }

    @Test
    void stream_newSession_replacesTheOldOne() throws Exception {
        workQueue.start();
        ingest.started(event(StreamEvent.Kind.STARTED, SESSION));
        Eventually.holds("taken", LIMIT, () -> worksOn(SESSION));
        ingest.ended(event(StreamEvent.Kind.ENDED, SESSION));
        ingest.started(event(StreamEvent.Kind.STARTED, LATER));
        Eventually.holds("replaced", LIMIT, () -> worksOn(LATER));
        assertThat(workQueue.held())
                .singleElement()
                .satisfies(held -> assertThat(held.session()).isEqualTo(LATER));
    }

    @Test
    void stream_restartRequested_continuesWithNewIdentitiesAndItsSettings() throws Exception {
        workQueue.start();
        ingest.started(event(StreamEvent.Kind.STARTED, SESSION));
        Eventually.holds("taken", LIMIT, () -> worksOn(SESSION));
        FrameWorker before = workers.find("drone").orElseThrow();
        before.control().setFps(7);
        var request = Envelope.ofRequest("drone", Instant.EPOCH, INGEST);
        publisher.publish(new RestartRequest(request, SERVICE, "test"));
        Eventually.holds(
                "restarted",
                LIMIT,
                () -> workers.find("drone").filter(worker -> worker != before).isPresent());
        assertThat(workers.find("drone").orElseThrow().control().fps()).isEqualTo(7);
        give(SESSION, 0, 3);
        Eventually.holds("results", LIMIT, () -> received.size() == 1);
    }

    @Test
    void replica_dies_thisOneTakesItsStreamWithinTenSeconds() throws Exception {
        try (var victim = KillableReplica.start(broker.url(), SERVICE, 1)) {
            Eventually.holds("victim is there", LIMIT, () -> queueHas(0, 1));
            ingest.started(event(StreamEvent.Kind.STARTED, SESSION));
            Eventually.holds("victim took it", LIMIT, () -> ingest.unconfirmed() == 0 && queueHas(0, 1));
            workQueue.start();
            Eventually.holds("both are there", LIMIT, () -> queueHas(0, 2));
            assertThat(workQueue.held()).isEmpty();
            victim.kill();
            give(SESSION, 0, 3);
            Eventually.holds("taken over", HANDOVER, () -> received.size() == 3);
        }
    }

    private PipelineContext pipeline() {
        return new PipelineContext(
                new StreamInput<>(
                        stream -> RtspConfig.of(stream, "rtsp://nowhere/" + stream)
                                .withProvider(new BackpressurePolicy.Block()),
                        _ -> source,
                        new Random(1)),
                (_, _) -> new TrackingByDetection(new MotionDetector(10), ByteTrackConfig.DEFAULT),
                StateStore.NONE,
                publisher::publish,
                (_, _) -> _ -> {},
                Duration.ofMinutes(1),
                Double.POSITIVE_INFINITY,
                Producer.of(SERVICE, "fp-test"),
                InstantSource.system());
    }

    private void receive(String exchange, byte[] body) {
        received.add((FrameResult) MessageSchemas.assertValid(exchange, body));
    }

    private void give(String session, long from, long to) {
        for (long i = from; i < to; i++) {
            source.give(ScriptedFrame.of("drone", session, i));
        }
    }

    /// Whether so many messages wait in the work queue, and so many replicas take from it.
    private boolean queueHas(int messages, int replicas) {
        return onBroker(channel -> {
            var queue = channel.queueDeclarePassive(Exchanges.workQueue(SERVICE));
            return queue.getMessageCount() == messages && queue.getConsumerCount() == replicas;
        });
    }

    private interface Question<T> {
        T ask(Channel channel) throws IOException;
    }

    private static <T> T onBroker(Question<T> question) {
        var factory = new ConnectionFactory();
        var address = BrokerAddress.parse(broker.url());
        factory.setHost(address.host());
        factory.setPort(address.port());
        try (var own = factory.newConnection();
                var channel = own.createChannel()) {
            return question.ask(channel);
        } catch (IOException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private boolean worksOn(String session) {
        return workers.find("drone")
                .filter(worker -> worker.session().equals(session))
                .isPresent();
    }

    private static StreamEvent event(StreamEvent.Kind kind, String session) {
        return ExampleMessages.streamEvent(kind, "drone", session);
    }
}
