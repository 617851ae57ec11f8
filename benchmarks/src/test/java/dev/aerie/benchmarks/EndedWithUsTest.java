package dev.aerie.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EndedWithUsTest {

    @Test
    void end_ofAMeasurement_returnsWhenEverythingIsClosed() throws InterruptedException {
        var began = new CountDownLatch(1);
        var closed = new AtomicBoolean();
        var measuring = Thread.ofPlatform().start(() -> {
            try {
                began.countDown();
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                closed.set(true);
            }
        });
        began.await();

        EndedWithUs.end(measuring);

        assertThat(closed).isTrue();
        assertThat(measuring.isAlive()).isFalse();
    }
}
