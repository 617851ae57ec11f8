package dev.aerie.rtsp.assigned;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.messages.amqp.StreamAssignments;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.rtsp.ConsumerHealth;
import dev.aerie.rtsp.ConsumerState;
import dev.aerie.rtsp.ConsumerStatistics;
import dev.aerie.rtsp.FrameProvider;
import dev.aerie.rtsp.LossCause;
import dev.aerie.rtsp.NoSuchStreamException;
import dev.aerie.rtsp.ReconnectPolicy;
import dev.aerie.rtsp.RtspConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What AUDIT says of streams that are assigned. Each fails at d493c5a.
final class AuditAssignedTest {

    private static final String EARLY = "01K9JXW6Z3T4V5W6X7Y8Z9ABCD";
    private static final String LATE = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final long LIMIT_SECONDS = 15;

    /// Today: FailingStreamsTest, FailingWorkTest.
    @Test
    void c2_streamThatCannotBeBegun_isTriedAgain() throws Exception {
        var twice = new CountDownLatch(2);
        try (var streams = new AssignedStreams<Work>("slam-service", (_, _) -> {
            twice.countDown();
            throw new UnsatisfiedLinkError("libopenblas.so.0: cannot open shared object file");
        })) {
            streams.assigned(assignment(EARLY));
            assertThat(twice.await(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("begun a second time")
                    .isTrue();
        }
    }

    /// Today: FailingStreamsTest. The clock of ingest-server was set back: the later session has the smaller name.
    @Test
    void m18_sessionThatCameLater_isTheOneWorkedOn() {
        var begun = new CopyOnWriteArrayList<String>();
        var streams = new AssignedStreams<Work>("slam-service", (assignment, _) -> {
            begun.add(assignment.session());
            return new Work(assignment);
        });
        streams.assigned(assignment(LATE));
        streams.assigned(assignment(EARLY));
        streams.close();
        assertThat(List.copyOf(begun)).containsExactly(LATE, EARLY);
    }

    /// Today: SessionConsumerTest.
    @Test
    void m11_sessionOfWhichNoFrameEverCame_givesItsPlaceBackWithinSeconds() throws Exception {
        var over = new CountDownLatch(1);
        var config = RtspConfig.of("drone", "rtsp://scripted")
                .withReconnect(new ReconnectPolicy(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofHours(1)))
                .withProvider(new FrameProvider.Direct());
        try (var consumer =
                new SessionConsumer<String>(
                        config,
                        () -> {
                            throw new NoSuchStreamException("no such stream");
                        },
                        new Random(1),
                        EARLY,
                        over::countDown,
                        SessionConsumer.GONE_AFTER) {
                    @Override
                    protected void take(String picture) {}

                    @Override
                    protected String sessionOf(String picture) {
                        return "";
                    }
                }) {
            consumer.start();
            assertThat(over.await(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("given back, lost by %s", LossCause.NO_SUCH_STREAM)
                    .isTrue();
        }
    }

    private static StreamAssignment assignment(String session) {
        return StreamAssignments.of(ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "drone", session));
    }

    private record Work(StreamAssignment assignment) implements AssignedStream {

        @Override
        public ConsumerHealth health() {
            return new ConsumerHealth(ConsumerState.CONNECTING, "");
        }

        @Override
        public ConsumerStatistics statistics() {
            return new ConsumerStatistics(
                    ConsumerState.CONNECTING, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, Map.of(), Optional.empty());
        }

        @Override
        public void close() {}
    }
}
