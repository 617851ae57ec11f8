package dev.aerie.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path logs;

    @Test
    void awaitReady_processEndsBefore_namesPartStatusAndLastLine() throws Exception {
        try (var child = shell("echo starting; echo no model found; echo \"\tat Model.open\"; exit 3", Map.of())) {
            assertThatThrownBy(() -> child.awaitReady(() -> false, LIMIT))
                    .isInstanceOf(PartFailedException.class)
                    .hasMessage("part has ended with status 3: no model found (see " + logs.resolve("part.log") + ")");
        }
    }

    @Test
    void awaitReady_neverReady_namesTheLog() throws Exception {
        try (var child = shell("exec sleep 60", Map.of())) {
            assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofMillis(200)))
                    .isInstanceOf(PartFailedException.class)
                    .hasMessageContaining("part is not ready")
                    .hasMessageContaining("part.log");
        }
    }

    @Test
    void start_environment_reachesTheProcess() throws Exception {
        try (var child = shell("echo \"port $RTSP_PORT\"; exec sleep 60", Map.of("RTSP_PORT", "1234"))) {
            child.awaitReady(() -> logHas("port 1234"), LIMIT);
        }
    }

    @Test
    void close_processWithChildren_endsAllOfThem() throws Exception {
        ProcessHandle grandchild;
        var child = shell("sleep 60 & echo up; wait", Map.of());
        try (child) {
            child.awaitReady(() -> logHas("up"), LIMIT);
            grandchild = child.handle().descendants().findFirst().orElseThrow();
        }

        assertThat(child.isAlive()).isFalse();
        assertThat(grandchild.onExit()).succeedsWithin(LIMIT);
    }

    @Test
    void requireAlive_endedByTerm_isToldApartFromAFailure() throws Exception {
        try (var child = shell("exec sleep 60", Map.of())) {
            child.handle().destroy();
            child.handle().onExit().join();

            assertThatThrownBy(child::requireAlive)
                    .isInstanceOfSatisfying(
                            PartFailedException.class,
                            failure -> assertThat(failure.wasTold()).isTrue());
        }
    }

    @Test
    void requireAlive_endsWellOnTerm_wasToldToo() throws Exception {
        try (var child = shell("trap 'exit 0' TERM; echo up; while :; do sleep 0.01; done", Map.of())) {
            child.awaitReady(() -> logHas("up"), LIMIT);

            assertThat(child.end(LIMIT)).hasValue(0);

            assertThatThrownBy(child::requireAlive)
                    .isInstanceOfSatisfying(
                            PartFailedException.class,
                            failure -> assertThat(failure.wasTold()).isTrue());
        }
    }

    private Child shell(String script, Map<String, String> environment) throws PartFailedException {
        return Child.start("part", List.of("/bin/sh", "-c", script), environment, logs);
    }

    private boolean logHas(String line) {
        try {
            return Files.readString(logs.resolve("part.log")).contains(line);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
