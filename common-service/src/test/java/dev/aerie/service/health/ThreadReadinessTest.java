package dev.aerie.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.threads.BackgroundThread;
import dev.aerie.threads.ThreadFailures;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

final class ThreadReadinessTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void call_aRoundFails_isDownWithTheThreadsNameAndCauseUntilARoundWorks() throws InterruptedException {
        var isBroken = new AtomicBoolean(true);
        try (var thread = BackgroundThread.every("retention-in-test", Duration.ofMillis(2), () -> {
            if (isBroken.get()) {
                throw new IllegalStateException("lost+found may not be read");
            }
        })) {
            thread.start();
            Eventually.holds("failed", LIMIT, () -> ThreadFailures.now().containsKey("retention-in-test"));
            var answer = new ThreadReadiness().call();
            assertThat(answer.getStatus()).isEqualTo(Status.DOWN);
            assertThat(answer.getData()
                            .orElseThrow()
                            .get("thread.retention-in-test")
                            .toString())
                    .contains("lost+found");

            isBroken.set(false);
            Eventually.holds("works", LIMIT, () -> new ThreadReadiness().call().getStatus() == Status.UP);
        }
    }
}
