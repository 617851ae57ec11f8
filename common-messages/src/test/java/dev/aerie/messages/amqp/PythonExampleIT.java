package dev.aerie.messages.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.TestBroker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/// `docs/examples/objects.py` reads results from a real broker.
@ResourceLock(TestBroker.SHARED)
final class PythonExampleIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path EXAMPLE = Path.of(System.getProperty("aerie.root"), "docs", "examples", "objects.py");

    @Test
    void objects_oneStream_printsTheFrameAndItsObjects() throws Exception {
        Optional<String> python = pythonWithPika();
        assumeTrue(python.isPresent(), "skipped: no Python with pika on this machine (apt-get install python3-pika)");
        var broker = TestBroker.shared();

        String printed;
        try (var connection = broker.connect("fleet");
                var publisher = new LivePublisher(connection, 100)) {
            publisher.start();
            Process example =
                    start(python.get(), EXAMPLE.toString(), "--url", broker.url(), "--stream", "drone", "--count", "2");
            try {
                Eventually.holds("two frames are printed", LIMIT, () -> {
                    publisher.publish(ExampleMessages.frameResult());
                    return !example.isAlive();
                });
                printed = example.inputReader().readAllAsString();
                assertThat(example.exitValue()).as(printed).isZero();
            } finally {
                example.destroyForcibly();
            }
        }

        assertThat(printed.lines())
                .hasSize(2)
                .containsOnly("drone/" + ExampleMessages.SESSION
                        + "/1042: person 7 confirmed at [600.0, 300.0, 100.0, 200.0],"
                        + " car 8 tentative at [10.5, 20.0, 64.0, 32.25]");
    }

    private static Optional<String> pythonWithPika() throws IOException, InterruptedException {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            if (importsPika(python)) {
                return Optional.of(python);
            }
        }
        return Optional.empty();
    }

    private static boolean importsPika(String python) throws InterruptedException {
        try {
            Process probe = start(python, "-c", "import pika");
            return probe.waitFor(30, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException _) {
            return false; // no such program
        }
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
    }
}
