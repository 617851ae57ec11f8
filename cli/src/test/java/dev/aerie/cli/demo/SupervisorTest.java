package dev.aerie.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.host.PartFailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SupervisorTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /// Works: a line a tenth of a second.
    private static final String WORKS = "while :; do echo work; sleep 0.1; done";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path logs;

    private Supervisor supervisor;

    @AfterEach
    void endAll() {
        if (supervisor != null) {
            supervisor.close();
        }
    }

    @Test
    void watch_partIsKilled_isStartedAgainAndTheOthersGoOn() throws Exception {
        var other = supervisor().start(plan("other", WORKS));
        var part = supervisor.start(plan("part", WORKS));
        watchUntil(() -> lines("part") > 2);
        long othersProcess = other.child().pid();

        part.child().handle().destroyForcibly();
        watchUntil(() -> text().contains("part works again"));

        assertThat(text()).startsWith("aerie: part has ended by signal 9: it is restarted");
        assertThat(other.child().pid()).isEqualTo(othersProcess);
        assertThat(supervisor.restarts()).isEqualTo(Map.of("other", 0, "part", 1));
    }

    @Test
    void watch_partIsKilledTwice_isStartedAgainTwice() throws Exception {
        var part = supervisor().start(plan("part", WORKS));
        part.child().handle().destroyForcibly();
        watchUntil(() -> part.restarts() == 1);
        part.child().handle().destroyForcibly();

        watchUntil(() -> part.restarts() == 2);

        assertThat(text().lines().filter(line -> line.endsWith("it is restarted")))
                .hasSize(2);
    }

    @Test
    void watch_partEndsAgainAndAgain_endsTheDemoWithTheReason() throws Exception {
        supervisor().start(plan("part", "echo no memory; exit 3"));

        assertThatThrownBy(() -> supervisor.watch(() -> false, () -> {}))
                .isInstanceOf(PartFailedException.class)
                .hasMessageStartingWith("part has ended 5 times in 60 s, the last time with status 3: no memory (see ");
    }

    @Test
    void watch_partCannotStart_endsTheDemoAtOnceWithItsLastLine() throws Exception {
        supervisor().start(plan("part", "sleep 0.5; echo the port is taken; exit 2"));

        assertThatThrownBy(() -> supervisor.watch(() -> false, () -> {}))
                .isInstanceOf(PartFailedException.class)
                .hasMessageStartingWith("part cannot start: the port is taken (see ");
        assertThat(supervisor.restarts()).isEqualTo(Map.of("part", 0));
    }

    @Test
    void awaitReady_secondPartEnds_isSaidBeforeTheFirstIsReady() throws Exception {
        var slow = supervisor().start(plan("slow", "exec sleep 60", () -> false));
        var broken = supervisor.start(plan("broken", "echo libfoo.so.1 is missing; exit 2", () -> false));

        assertThatThrownBy(() -> supervisor.awaitReady(List.of(slow, broken), LIMIT))
                .isInstanceOf(PartFailedException.class)
                .hasMessageStartingWith("broken cannot start: libfoo.so.1 is missing (see ");
    }

    @Test
    void renew_part_isAnotherProcessAndCountsAsNoRestart() throws Exception {
        var part = supervisor().start(plan("part", WORKS));
        watchUntil(() -> lines("part") > 2);
        long before = part.child().pid();

        supervisor.renew(part);

        long sofar = lines("part");
        watchUntil(() -> lines("part") > sofar);
        assertThat(part.child().pid()).isNotEqualTo(before);
        assertThat(supervisor.restarts()).isEqualTo(Map.of("part", 0));
        assertThat(text()).isEmpty();
    }

    @Test
    void close_whileWatched_startsNothingAgain() throws Exception {
        var part = supervisor().start(plan("part", WORKS));
        supervisor.close();

        assertThatThrownBy(() -> supervisor.renew(part)).isInstanceOf(PartFailedException.class);
        assertThat(part.child().isAlive()).isFalse();
    }

    private Supervisor supervisor() {
        supervisor = new Supervisor(logs, new PrintStream(printed, true, StandardCharsets.UTF_8));
        return supervisor;
    }

    private PartPlan plan(String name, String script) {
        return plan(name, script, () -> true);
    }

    private PartPlan plan(String name, String script, BooleanSupplier ready) {
        return new PartPlan(
                name, () -> List.of("/bin/sh", "-c", script), Map.of(), ready, WorkCount.of(() -> lines(name)));
    }

    private void watchUntil(BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(text()).isLessThan(deadline);
            supervisor.watch(once(), () -> {});
        }
    }

    private static BooleanSupplier once() {
        var looked = new AtomicBoolean();
        return () -> looked.getAndSet(true);
    }

    private long lines(String name) {
        try (var lines = Files.lines(logs.resolve(name + ".log"))) {
            return lines.filter(line -> line.equals("work")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
