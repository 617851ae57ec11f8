package dev.aerie.frames.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Exchanges;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.amqp.StreamWorkPublisher;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.KillableReplica;
import dev.aerie.messages.testing.MessageSchemas;
import dev.aerie.messages.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two frame-processors, each in a process of its own, and a real broker: the one that works on the stream is killed.
final class ReplicaDeathIT {

    private static final String SERVICE = "frame-processor";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration HANDOVER = Duration.ofSeconds(10);

    /// The newest result of each replica.
    private final Map<String, FrameResult> newest = new ConcurrentHashMap<>();

    @Test
    void replica_isKilled_theOtherGoesOnWithItsStreamWithinTenSeconds(@TempDir Path states) throws Exception {
        try (var broker = TestBroker.privateNode();
                var connection = broker.connect("test");
                var ingest = new StreamWorkPublisher(connection, List.of(SERVICE));
                var dashboard = new LiveSubscriber(
                        connection, List.of(Exchanges.PROCESSED_FRAMES), LiveSubscriber.Bounds.DEFAULT, this::receive);
                var one = KillableReplica.start(FrameReplicaMain.class, broker.url(), "fp-one", states.toString());
                var two = KillableReplica.start(FrameReplicaMain.class, broker.url(), "fp-two", states.toString())) {
            ingest.start();
            dashboard.start();
            Eventually.holds("subscribed", LIMIT, dashboard::isSubscribed);
            ingest.started(ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "drone", ExampleMessages.SESSION));
            Eventually.holds("one works", LIMIT, () -> newest.size() == 1 && isFollowing());
            String worker = newest.keySet().iterator().next();
            String other = worker.equals("fp-one") ? "fp-two" : "fp-one";

            (worker.equals("fp-one") ? one : two).kill();

            Eventually.holds("the other works", HANDOVER, () -> newest.containsKey(other));
            assertThat(newest.get(other).envelope().frameId().stream()).isEqualTo("drone");
        }
    }

    private boolean isFollowing() {
        return newest.values().stream().allMatch(result -> result.objects().size() == 1);
    }

    private void receive(String exchange, byte[] body) {
        var result = (FrameResult) MessageSchemas.assertValid(exchange, body);
        newest.put(result.envelope().producer().instance(), result);
    }
}
