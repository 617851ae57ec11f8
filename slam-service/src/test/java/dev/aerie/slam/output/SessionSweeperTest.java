package dev.aerie.slam.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.service.retention.AgeClock;
import dev.aerie.threads.ThreadFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Four sessions of 1000 bytes each: a month, a week, a day old, and one that runs.
final class SessionSweeperTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration FOR_EVER = Duration.ZERO;

    @TempDir
    Path storage;

    private Instant wall = NOW;
    private long passedNanos;

    @BeforeEach
    void fill() throws IOException {
        session("drone/month", Duration.ofDays(30));
        session("drone/overlay/week", Duration.ofDays(7));
        session("camera/day", Duration.ofDays(1));
        session("drone/running", Duration.ofDays(60));
    }

    @Test
    void sweep_byAge_removesOldSessionsAndNeverTheRunningOne() throws IOException {
        sweeper(new SlamRetention(Duration.ofDays(6), 0)).sweep();
        assertThat(left()).containsExactly("camera/day", "drone/running");
        wall = NOW.plus(Duration.ofDays(6));
        sweeper(new SlamRetention(Duration.ofDays(6), 0)).sweep();
        assertThat(left()).containsExactly("drone/running");
    }

    @Test
    void sweep_bySize_removesTheOldestFirstAndNoMoreThanNeeded() throws IOException {
        var sweeper = sweeper(new SlamRetention(FOR_EVER, 3000));
        sweeper.sweep();
        assertThat(left()).containsExactly("camera/day", "drone/overlay/week", "drone/running");
        sweeper(new SlamRetention(FOR_EVER, 1)).sweep();
        assertThat(left()).containsExactly("drone/running");
        assertThat(sweeper.removed()).isEqualTo(1);
    }

    @Test
    void sweep_noBounds_removesNothing() throws IOException {
        sweeper(new SlamRetention(FOR_EVER, 0)).sweep();
        assertThat(left()).hasSize(4);
    }

    @Test
    void sweep_writtenToByAnotherReplica_stays() throws IOException {
        session("other/now", Duration.ofMinutes(59));
        sweeper(new SlamRetention(FOR_EVER, 1)).sweep();
        assertThat(left()).containsExactly("drone/running", "other/now");
    }

    @Test
    void sweep_clockJumpsYearsAhead_removesNothingAndSaysSo() throws IOException {
        var sweeper = sweeper(new SlamRetention(Duration.ofDays(40), 0));
        sweeper.sweep();
        wall = NOW.plus(Duration.ofDays(3652));
        passedNanos = Duration.ofHours(1).toNanos();
        sweeper.sweep();
        assertThat(left()).hasSize(4);
        assertThat(sweeper.trouble()).contains("days ahead");
    }

    @Test
    void sweep_oneFolderCannotBeRemoved_theOthersGoAndItIsLeftAlone() throws IOException {
        Path inTheWay = Files.createDirectories(storage.resolve("slam/drone/month/folder/file"));
        age(inTheWay.getParent(), Duration.ofDays(30));
        age(storage.resolve("slam/drone/month"), Duration.ofDays(30));
        Files.createDirectories(storage.resolve("slam/lost+found/x"));
        var sweeper = sweeper(new SlamRetention(Duration.ofDays(6), 0));
        sweeper.sweep();
        assertThat(left()).containsExactly("camera/day", "drone/month", "drone/running");
        sweeper.sweep();
        assertThat(sweeper.failures()).isEqualTo(1);
    }

    @Test
    void round_failsWithAnError_isCountedAndTheNextOneSweeps() throws Exception {
        long before = ThreadFailures.counts().getOrDefault("slam-retention", 0L);
        var deaths = new AtomicInteger(1);
        var ages = new AgeClock(() -> wall, () -> passedNanos, SessionFolder.ages(storage));
        try (var sweeper = new SessionSweeper(storage, new SlamRetention(FOR_EVER, 1), ages, (stream, session) -> {
            if (deaths.getAndDecrement() > 0) {
                throw new StackOverflowError("once");
            }
            return isRunning(stream, session);
        })) {
            sweeper.start(Duration.ofMillis(20));
            Eventually.holds("three are gone", Duration.ofSeconds(30), () -> sweeper.removed() == 3);
        }
        assertThat(ThreadFailures.counts().get("slam-retention")).isEqualTo(before + 1);
    }

    private static boolean isRunning(String stream, String session) {
        return stream.equals("drone") && session.equals("running");
    }

    private SessionSweeper sweeper(SlamRetention retention) {
        return new SessionSweeper(
                storage,
                retention,
                new AgeClock(() -> wall, () -> passedNanos, SessionFolder.ages(storage)),
                SessionSweeperTest::isRunning);
    }

    private void session(String name, Duration age) throws IOException {
        Path folder = Files.createDirectories(storage.resolve("slam").resolve(name));
        age(Files.write(folder.resolve("keyframe_1.jpg"), new byte[900]), age.plusHours(1));
        age(Files.write(folder.resolve("map.ply"), new byte[100]), age);
        age(folder, age);
    }

    private static void age(Path file, Duration age) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }

    private List<String> left() throws IOException {
        Path root = storage.resolve("slam");
        try (var files = Files.walk(root, 3)) {
            return files.filter(Files::isDirectory)
                    .map(folder -> root.relativize(folder).toString())
                    .filter(name -> name.contains("/") && !name.endsWith("overlay") && !name.contains("lost"))
                    .filter(name -> !name.endsWith("/folder"))
                    .sorted()
                    .toList();
        }
    }
}
