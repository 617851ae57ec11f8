package dev.aerie.cli.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.host.Installation;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.Messages;
import dev.aerie.messages.RestartRequest;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.TestBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class BusCommandsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String NOBODY_THERE = "amqp://guest:hunter2@127.0.0.1:1";

    private final TestBroker broker = TestBroker.shared();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, UTF_8);
    private final PrintStream err = new PrintStream(complained, true, UTF_8);

    @Test
    void inspect_oneStreamOfOneExchange_printsALineForEachOfItsMessages() throws Exception {
        assertThat(inspectWhilePublishing("processed_frames", "--stream", "drone"))
                .isZero();
        assertThat(printed.toString(UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.contains("processed_frames_exchange")
                        && line.contains("aerie.frame_result/1")
                        && line.contains("1042"));
        assertThat(complained.toString(UTF_8)).isEmpty();
    }

    @Test
    void inspect_asJson_printsWholeBodies() throws Exception {
        assertThat(inspectWhilePublishing(Exchanges.STREAM_EVENTS, "--json")).isZero();
        for (String body : printed.toString(UTF_8).lines().toList()) {
            assertThat(Messages.read(StreamEvent.class, body.getBytes(UTF_8)).envelope().stream())
                    .isEqualTo("gate");
        }
    }

    @Test
    void inspect_unknownExchange_namesThoseThereAre() throws Exception {
        assertThat(inspect(broker.url(), "results")).isEqualTo(2);
        assertThat(complained.toString(UTF_8)).contains("no exchange 'results'", Exchanges.PROCESSED_FRAMES);
    }

    @Test
    void inspect_brokerAway_failsInWordsWithoutItsPassword() throws Exception {
        assertThat(inspect(NOBODY_THERE)).isEqualTo(1);
        assertThat(complained.toString(UTF_8))
                .contains("the broker cannot be used")
                .doesNotContain("hunter2");
    }

    @Test
    void restart_someoneListens_hearsIt() throws Exception {
        var heard = new ConcurrentLinkedQueue<RestartRequest>();
        try (var connection = broker.connect("worker");
                var subscriber = new LiveSubscriber(
                        connection,
                        List.of(Exchanges.RESTART),
                        LiveSubscriber.Bounds.DEFAULT,
                        (_, body) -> heard.add(Messages.read(RestartRequest.class, body)))) {
            subscriber.start();
            Eventually.holds("subscribed", LIMIT, subscriber::isSubscribed);
            assertThat(restart(broker.url(), "drone", "--service", "slam-service"))
                    .isZero();
            Eventually.holds("heard", LIMIT, () -> heard.size() == 1);
        }
        RestartRequest request = heard.element();
        assertThat(request.concerns("slam-service", "drone")).isTrue();
        assertThat(request.concerns("slam-service", "gate")).isFalse();
        assertThat(request.concerns("frame-processor", "drone")).isFalse();
        assertThat(request.reason()).isEqualTo("a test");
        assertThat(printed.toString(UTF_8)).contains("asked slam-service to restart stream drone");
    }

    @Test
    void restart_nobodyListensOrWrongNames_saysSo() throws Exception {
        assertThat(restart(broker.url(), "--all")).isEqualTo(1);
        assertThat(restart(NOBODY_THERE, "--all")).isEqualTo(1);
        assertThat(restart(broker.url(), "No Stream")).isEqualTo(2);
        assertThat(restart(broker.url(), "drone", "--service", "kitchen")).isEqualTo(2);
        assertThat(complained.toString(UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("nobody is subscribed"),
                        line -> assertThat(line).contains("the broker cannot be used"),
                        line -> assertThat(line).contains("'No Stream'"),
                        line -> assertThat(line).contains("no service 'kitchen'", "frame-processor"));
    }

    /// Runs until two messages were printed, while results of `drone` and events of `gate` are published.
    private int inspectWhilePublishing(String exchange, String... options) throws Exception {
        var arguments = new ArrayList<>(List.of(exchange, "--count", "2"));
        arguments.addAll(List.of(options));
        var status = CompletableFuture.supplyAsync(() -> inspect(broker.url(), arguments.toArray(String[]::new)));
        try (var connection = broker.connect("fleet");
                var publisher = new LivePublisher(connection, 100)) {
            publisher.start();
            Eventually.holds("enough was printed", LIMIT, () -> {
                publisher.publish(ExampleMessages.frameResult());
                publisher.publish(ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "gate", "session"));
                return status.isDone();
            });
        }
        return status.get();
    }

    private int inspect(String url, String... arguments) {
        var environment = Map.of("RABBITMQ_URL", url);
        return new CommandLine(new InspectCommand(environment, Installation.ofThisProcess(), ZoneOffset.UTC, out, err))
                .execute(arguments);
    }

    private int restart(String url, String... arguments) {
        var clock = InstantSource.fixed(Instant.EPOCH);
        var environment = Map.of("RABBITMQ_URL", url);
        return new CommandLine(new RestartCommand(environment, Installation.ofThisProcess(), clock, out, err))
                .execute(withReason(arguments));
    }

    private static String[] withReason(String... arguments) {
        var all = new ArrayList<>(List.of("--reason", "a test"));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }
}
