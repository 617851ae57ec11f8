package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.ingest.bus.BrokerResource;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.TestBroker;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// `docs/examples/objects.mjs` reads results from a running server.
@QuarkusTest
@QuarkusTestResource(value = BrokerResource.class, restrictToAnnotatedClass = true)
final class JavaScriptExampleIT {

    private static final Path EXAMPLE = Path.of(System.getProperty("aerie.root"), "docs", "examples", "objects.mjs");
    private static final String HAS_WEB_SOCKET = "process.exit(typeof WebSocket === 'function' ? 0 : 1)";

    @TestHTTPResource("/ws/results/drone")
    URI address;

    TestBroker broker;

    @Test
    void objects_oneStream_printsTheFrameAndItsObjects() throws Exception {
        Optional<List<String>> node = nodeWithWebSocket();
        assumeTrue(node.isPresent(), "skipped: no Node.js 20.10 or newer on this machine");
        Process example =
                start(node.get(), EXAMPLE.toString(), address.toString().replaceFirst("^http", "ws"), "1");
        try (var connection = broker.connect("fleet");
                var publisher = new LivePublisher(connection, 100)) {
            publisher.start();
            Eventually.holds("a frame is printed", () -> {
                publisher.publish(ExampleMessages.frameResult());
                return !example.isAlive();
            });
            String printed = example.inputReader().readAllAsString();
            assertThat(example.exitValue()).as(printed).isZero();
            assertThat(printed.lines())
                    .contains(
                            "drone/" + ExampleMessages.SESSION
                                    + "/1042: person 7 confirmed at [600, 300, 100, 200], car 8 tentative at [10.5, 20, 64, 32.25]");
        } finally {
            example.destroyForcibly();
        }
    }

    /// The command that has `WebSocket`: from Node 22 on by itself, from 20.10 on when asked.
    private static Optional<List<String>> nodeWithWebSocket() throws InterruptedException {
        for (List<String> node : List.of(List.of("node"), List.of("node", "--experimental-websocket"))) {
            if (hasWebSocket(node)) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }

    private static boolean hasWebSocket(List<String> node) throws InterruptedException {
        try {
            Process probe = start(node, "-e", HAS_WEB_SOCKET);
            return probe.waitFor(30, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException _) {
            return false; // no such program
        }
    }

    private static Process start(List<String> program, String... arguments) throws IOException {
        var command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
    }
}
