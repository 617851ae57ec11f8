package dev.aerie.cli.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.host.Child;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import dev.aerie.host.Ports;
import dev.aerie.host.ServiceApi;
import dev.aerie.messages.FrameResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole way of a frame's identity, every part a process of its own: drone, ingest, relay, decoder, message.
@Timeout(300)
class FrameIdentityIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Installation installation = Installation.ofThisProcess();
    private final int brokerPort = Ports.free();
    private final int rtspPort = Ports.free();
    private final int apiPort = Ports.free();
    private final String brokerUrl = "amqp://guest:guest@127.0.0.1:" + brokerPort;
    private final Deque<Child> children = new ArrayDeque<>();

    @TempDir
    private Path logs;

    @AfterEach
    void endChildren() {
        children.forEach(Child::close);
    }

    @Test
    void messages_ofConsumersThatJoinLateDieAndDrop_nameTheFrameThatTheySaw() throws Exception {
        startFleet();
        try (var testimony = new Testimony(brokerUrl)) {
            Child first = startWitness("first", 0);
            testimony.await("first", 45, LIMIT);
            startWitness("slow", 90);
            testimony.await("slow", 10, LIMIT);
            first.handle().destroyForcibly();
            startWitness("second-life", 0);
            testimony.await("second-life", 60, LIMIT);
            testimony.await("slow", 40, LIMIT);

            for (String instance : List.of("first", "slow", "second-life")) {
                assertThat(testimony.of(instance)).allSatisfy(FrameIdentityIT::requireItsOwnFrame);
            }
            assertThat(sessions(testimony)).hasSize(1);
            assertThat(numbers(testimony, "second-life"))
                    .doesNotContain(0L)
                    .containsAnyElementsOf(numbers(testimony, "slow"));
            assertThat(droppedBetween(numbers(testimony, "slow"))).isGreaterThan(20);
        }
    }

    /// The number that was read from the pixels is the number that the message goes by.
    private static void requireItsOwnFrame(FrameResult result) {
        assertThat(result.objects())
                .singleElement()
                .satisfies(object -> assertThat(object.label())
                        .isEqualTo(Long.toString(result.envelope().frameId().frameNumber())));
    }

    private static Set<String> sessions(Testimony testimony) {
        var sessions = new HashSet<String>();
        for (String instance : List.of("first", "slow", "second-life")) {
            testimony
                    .of(instance)
                    .forEach(result -> sessions.add(result.envelope().session()));
        }
        return sessions;
    }

    private static Set<Long> numbers(Testimony testimony, String instance) {
        return testimony.of(instance).stream()
                .map(result -> result.envelope().frameId().frameNumber())
                .collect(Collectors.toSet());
    }

    private static long droppedBetween(Set<Long> numbers) {
        var range = numbers.stream().mapToLong(Long::longValue).summaryStatistics();
        return range.getMax() - range.getMin() + 1 - numbers.size();
    }

    private void startFleet() throws PartFailedException, InterruptedException {
        Child broker = start("broker", installation.brokerCommand(brokerPort), Map.of("BROKER_PASSWORD", "guest"));
        Child ingest = start(
                "ingest-server",
                installation.serviceCommand("ingest-server"),
                Map.of(
                        "API_PORT", Integer.toString(apiPort),
                        "RTSP_PORT", Integer.toString(rtspPort),
                        "RABBITMQ_URL", brokerUrl));
        broker.awaitReady(() -> Ports.accepts("127.0.0.1", brokerPort), LIMIT);
        ingest.awaitReady(ServiceApi.onLoopback(apiPort)::isReady, LIMIT);
        start(
                "drone",
                installation.ownCommand(
                        "dev.aerie.simulator.Drone",
                        List.of("--url", "http://127.0.0.1:" + apiPort, "--barcode", "--size", "640x360")),
                Map.of());
    }

    private Child startWitness(String instance, int workMillis) throws PartFailedException {
        String url = "rtsp://127.0.0.1:" + rtspPort + "/drone";
        var arguments = List.of(url, brokerUrl, instance, Integer.toString(workMillis));
        return start(instance, installation.ownCommand(BarcodeWitness.class.getName(), arguments), Map.of());
    }

    private Child start(String name, List<String> command, Map<String, String> environment) throws PartFailedException {
        Child child = Child.start(name, command, environment, logs);
        children.push(child);
        return child;
    }
}
