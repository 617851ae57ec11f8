package dev.aerie.threads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackgroundThreadTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static Backoff atOnce() {
        return new Backoff(List.of(Duration.ofMillis(1)));
    }

    @ParameterizedTest
    @ValueSource(classes = {IOException.class, IllegalStateException.class, UnsatisfiedLinkError.class})
    void body_throws_isRunAgainAndCounted(Class<? extends Throwable> failure) throws Exception {
        var runs = new AtomicInteger();
        String name = "fails-by-" + failure.getSimpleName();
        try (var thread = BackgroundThread.of(name, atOnce(), () -> {
            if (runs.incrementAndGet() < 3) {
                sneak(failure);
            }
            new CountDownLatch(1).await();
        })) {
            thread.start();
            Eventually.holds("the third run", LIMIT, () -> runs.get() == 3);
            assertThat(ThreadFailures.counts()).containsEntry(name, 2L);
            assertThat(ThreadFailures.now()).doesNotContainKey(name);
        }
    }

    @Test
    void body_waitsForItsNextTry_isNamedWithItsCause() throws Exception {
        try (var thread = BackgroundThread.of("waits", new Backoff(List.of(Duration.ofHours(1))), () -> {
            throw new IllegalStateException("no such thing");
        })) {
            thread.start();
            Eventually.holds("a failure", LIMIT, () -> ThreadFailures.now().containsKey("waits"));
            assertThat(ThreadFailures.now().get("waits")).contains("no such thing");
        }
        assertThat(ThreadFailures.now()).doesNotContainKey("waits");
    }

    @Test
    void every_aRoundThrows_theNextRoundIsMade() throws Exception {
        var rounds = new AtomicInteger();
        try (var thread = BackgroundThread.every("rounds", Duration.ofMillis(1), () -> {
            if (rounds.incrementAndGet() == 1) {
                throw new AssertionError("the first round");
            }
        })) {
            thread.start();
            Eventually.holds("three rounds", LIMIT, () -> rounds.get() >= 3);
            assertThat(ThreadFailures.counts()).containsEntry("rounds", 1L);
            assertThat(ThreadFailures.now()).doesNotContainKey("rounds");
        }
    }

    @Test
    void finish_askedBeforeTheBodyWasBegun_isWaitedForAndRunOnce() throws Exception {
        var runs = new AtomicInteger();
        var thread = BackgroundThread.of("late", runs::incrementAndGet);
        assertThat(thread.finish(LIMIT)).isTrue();
        thread.start();
        assertThat(thread.finish(LIMIT)).isTrue();
        assertThat(runs).hasValue(1);
    }

    @Test
    void close_bodyWaits_endsIt() throws Exception {
        var waiting = new CountDownLatch(1);
        var thread = BackgroundThread.of("ends", () -> {
            waiting.countDown();
            new CountDownLatch(1).await();
        });
        thread.start();
        Eventually.holds("it waits", LIMIT, () -> waiting.getCount() == 0);

        thread.close();

        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void tasks_oneFails_theNextIsRun() throws Exception {
        var done = new CountDownLatch(1);
        try (var tasks = new BackgroundTasks("tasks")) {
            tasks.execute(() -> {
                throw new NoClassDefFoundError("gone");
            });
            tasks.execute(done::countDown);
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ThreadFailures.counts()).containsEntry("tasks", 1L);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Class<? extends Throwable> failure) throws T {
        try {
            throw (T) failure.getConstructor(String.class).newInstance("injected");
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot make " + failure, e);
        }
    }
}
