package dev.aerie.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What AUDIT says of those who read streams. Each fails at d493c5a.
final class AuditConsumerTest {

    private static final RtspConfig CONFIG = RtspConfig.of("drone", "rtsp://scripted")
            .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(30))
            .withReconnect(new ReconnectPolicy(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofHours(1)))
            .withProvider(new FrameProvider.Wait());
    private static final long LIMIT_SECONDS = 15;

    private abstract static class Consumer extends RtspConsumer<String> {
        Consumer(StreamSource.Opener<String> opener) {
            super(CONFIG, opener, new Random(1));
        }
    }

    /// Today: RtspConsumerTest, FailingStreamsTest (whoever owns the consumer begins it anew).
    @Test
    void c3_oneFrameThatThrows_doesNotEndTheStream() throws Exception {
        var again = new CountDownLatch(1);
        var hasFailed = new AtomicBoolean();
        try (var consumer = new Consumer(() -> new ScriptedSource().unit("a").unit("b")) {
            @Override
            protected void accept(String unit) {
                if (hasFailed.compareAndSet(false, true)) {
                    throw new UnsatisfiedLinkError("libpulse.so.0: cannot open shared object file");
                }
                again.countDown();
            }
        }) {
            consumer.start();
            assertThat(again.await(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("another frame is taken after the one that threw")
                    .isTrue();
        }
    }

    /// Today: RtspConsumerTest. What is closed behind a consumer is native memory: see StreamWork#close.
    @Test
    void h15_whatTheWorkerUses_isNotFreedWhileItUsesIt() throws Exception {
        var inside = new CountDownLatch(1);
        var mayLeave = new Semaphore(0);
        var isInside = new AtomicBoolean();
        var consumer = new Consumer(() -> new ScriptedSource().unit("a")) {
            @Override
            protected void accept(String unit) {
                isInside.set(true);
                inside.countDown();
                mayLeave.acquireUninterruptibly(); // as a model that runs hears no interrupt
                isInside.set(false);
            }
        };
        consumer.start();
        assertThat(inside.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        consumer.close();
        boolean wasInside = isInside.get(); // the line behind close() frees what it uses
        mayLeave.release();
        assertThat(wasInside).as("the worker is still inside when close() returns").isFalse();
    }
}
