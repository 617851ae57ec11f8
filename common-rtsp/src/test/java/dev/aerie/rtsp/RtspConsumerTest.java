package dev.aerie.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.testing.Eventually;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RtspConsumerTest {

    private static final Duration STALL = Duration.ofMillis(150);
    private static final ReconnectPolicy QUICK =
            new ReconnectPolicy(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofHours(1));
    private static final RtspConfig CONFIG = RtspConfig.of("drone", "rtsp://scripted")
            .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(30))
            .withReconnect(QUICK)
            .withProvider(new BackpressurePolicy.Block());
    private static final RtspConfig IMPATIENT = CONFIG.withTimeouts(Duration.ofSeconds(1), STALL);

    private final LinkedBlockingQueue<ScriptedSource> sources = new LinkedBlockingQueue<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger releases = new AtomicInteger();
    private final Semaphore mayWork = new Semaphore(0);
    private Recorder consumer = new Recorder(CONFIG);

    private final class Recorder extends RtspConsumer<String> {
        Recorder(RtspConfig config) {
            super(config, RtspConsumerTest.this::open, new Random(1));
        }

        @Override
        protected void accept(String unit) {
            if (unit.startsWith("slow")) {
                mayWork.acquireUninterruptibly();
            }
            if (unit.equals("bug")) {
                throw new IllegalStateException("our bug");
            }
            if (unit.equals("error")) {
                throw new UnsatisfiedLinkError("libpulse.so.0: cannot open shared object file");
            }
            if (unit.equals("close")) {
                close();
            }
            seen.add(unit);
        }

        @Override
        protected void lost(LossCause cause) {
            seen.add(cause.toString());
        }

        @Override
        protected void failed(Throwable cause) {
            failures.add(cause);
        }

        @Override
        protected void release() {
            releases.incrementAndGet();
        }
    }

    @AfterEach
    void close() {
        mayWork.release(1000);
        consumer.close();
    }

    @Test
    void next_unitsThenEnd_areProcessedInOrderAndTheConsumerReconnects() {
        sources.add(new ScriptedSource().unit("a").unit("b").end());
        sources.add(new ScriptedSource().unit("c"));
        consumer.start();

        await(() -> seen.contains("c"));

        assertThat(List.copyOf(seen)).containsExactly("a", "b", "ENDED", "c");
        assertThat(consumer.statistics().losses()).containsEntry(LossCause.ENDED, 1L);
        assertThat(consumer.statistics().received()).isEqualTo(3);
        assertThat(consumer.health().isLive()).isTrue();
    }

    @Test
    void next_inline_isProcessedInOrderOnTheReaderThread() {
        use(new BackpressurePolicy.Inline());
        sources.add(new ScriptedSource().unit("a").unit("b").end());
        sources.add(new ScriptedSource().unit("c"));
        consumer.start();

        await(() -> seen.contains("c"));

        assertThat(List.copyOf(seen)).containsExactly("a", "b", "ENDED", "c");
        assertThat(consumer.statistics().processed()).isEqualTo(3);
        assertThat(threadsOf("drone")).noneMatch(name -> name.startsWith("worker"));
    }

    @Test
    void next_silence_endsWithinTheStallTimeout() {
        use(IMPATIENT);
        var silent = new ScriptedSource().unit("a");
        sources.add(silent);
        sources.add(new ScriptedSource().unit("b"));
        consumer.start();

        await(() -> seen.contains("b"));

        assertThat(silent.isClosed()).isTrue();
        assertThat(List.copyOf(seen)).startsWith("a", "STALLED", "b");
    }

    @Test
    void open_refused_isTriedAgainUntilItAnswers() {
        consumer.start();
        await(() -> attempts.get() >= 5);
        sources.add(new ScriptedSource().unit("a"));

        await(() -> seen.contains("a"));

        assertThat(consumer.statistics().losses().get(LossCause.REFUSED)).isGreaterThanOrEqualTo(4);
        assertThat(List.copyOf(seen)).startsWith("REFUSED").endsWith("a");
    }

    @Test
    void next_brokenConnection_isCountedAsBroken() {
        sources.add(new ScriptedSource().error(new IOException("reset by peer")));
        sources.add(new ScriptedSource().unit("a"));
        consumer.start();

        await(() -> seen.contains("a"));

        assertThat(consumer.statistics().losses()).containsEntry(LossCause.BROKEN, 1L);
    }

    @Test
    void accept_bug_endsTheConsumerAndItsHealth() {
        var source = new ScriptedSource().unit("bug").unit("a");
        sources.add(source);
        consumer.start();

        await(() -> consumer.health().state() == ConsumerState.FAILED && source.isClosed());

        assertThat(consumer.health().isAlive()).isFalse();
        assertThat(consumer.health().detail()).contains("our bug");
        consumer.close();
        assertThat(consumer.health().state()).isEqualTo(ConsumerState.FAILED);
        assertThat(List.copyOf(seen)).isEmpty();
        assertThat(attempts).hasValue(1);
    }

    @Test
    void accept_error_isReportedOnceAndResourcesAreReleased() {
        sources.add(new ScriptedSource().unit("error").unit("a"));
        consumer.start();

        await(() -> releases.get() == 1);

        assertThat(failures).hasSize(1).first().isInstanceOf(UnsatisfiedLinkError.class);
        consumer.close();
        assertThat(consumer.hasEnded()).isTrue();
        assertThat(releases).hasValue(1);
    }

    @Test
    void close_acceptTakesLonger_releasesBehindIt() throws InterruptedException {
        sources.add(new ScriptedSource().unit("slow"));
        consumer.start();
        await(mayWork::hasQueuedThreads);
        var closing = Thread.ofVirtual().start(consumer::close);
        await(() -> consumer.health().state() == ConsumerState.CLOSED);

        assertThat(consumer.hasEnded()).isFalse();
        assertThat(releases).hasValue(0);

        mayWork.release();
        closing.join();
        await(consumer::hasEnded);
        assertThat(releases).hasValue(1);
    }

    @Test
    void close_neverStarted_releases() {
        consumer.close();

        assertThat(releases).hasValue(1);
        assertThat(consumer.hasEnded()).isTrue();
    }

    @Test
    void next_bugInTheSource_endsTheConsumerToo() {
        sources.add(new ScriptedSource().bug(new IllegalArgumentException("source bug")));
        consumer.start();

        await(() -> consumer.health().state() == ConsumerState.FAILED);

        assertThat(consumer.health().detail()).contains("source bug");
    }

    @Test
    void accept_slowWithLatest_seesTheNewestOnly() {
        use(new BackpressurePolicy.Latest());
        feedWhileTheWorkerIsBusy();

        await(() -> seen.size() == 2);

        assertThat(List.copyOf(seen)).containsExactly("slow", "9");
        assertThat(consumer.statistics().dropped()).isEqualTo(8);
    }

    @Test
    void accept_slowWithDropOldest_seesTheNewestFew() {
        use(new BackpressurePolicy.DropOldest(3));
        feedWhileTheWorkerIsBusy();

        await(() -> seen.size() == 4);

        assertThat(List.copyOf(seen)).containsExactly("slow", "7", "8", "9");
        assertThat(consumer.statistics().dropped()).isEqualTo(6);
    }

    @Test
    void accept_slowWithWait_seesAllAndIsNoStall() throws Exception {
        use(IMPATIENT);
        sources.add(new ScriptedSource()
                .unit("slow 1")
                .unit("slow 2")
                .unit("slow 3")
                .unit("end"));
        consumer.start();
        for (int i = 0; i < 3; i++) {
            int before = i;
            await(mayWork::hasQueuedThreads);
            assertThat(new CountDownLatch(1).await(STALL.toMillis() * 2, TimeUnit.MILLISECONDS))
                    .isFalse();
            mayWork.release();
            await(() -> seen.size() > before);
        }

        await(() -> seen.size() >= 4);

        assertThat(List.copyOf(seen).subList(0, 4)).containsExactly("slow 1", "slow 2", "slow 3", "end");
        assertThat(consumer.statistics().dropped()).isZero();
    }

    @Test
    void restart_liveConnection_isReplacedAtOnce() {
        var first = new ScriptedSource().unit("a");
        sources.add(first);
        consumer.start();
        await(() -> seen.contains("a"));
        sources.add(new ScriptedSource().unit("b"));

        consumer.restart();
        await(() -> seen.contains("b"));

        assertThat(first.isClosed()).isTrue();
        assertThat(List.copyOf(seen)).containsExactly("a", "RESTARTED", "b");
    }

    @Test
    void close_whileReading_endsAllThreads() {
        var source = new ScriptedSource().unit("a");
        sources.add(source);
        consumer.start();
        await(() -> seen.contains("a"));

        consumer.close();

        assertThat(source.isClosed()).isTrue();
        assertThat(consumer.health().state()).isEqualTo(ConsumerState.CLOSED);
        assertThat(threadsOf("drone")).isEmpty();
        assertThatThrownBy(consumer::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void close_fromAccept_endsAllThreads() {
        sources.add(new ScriptedSource().unit("close"));
        consumer.start();

        await(() -> seen.contains("close") && threadsOf("drone").isEmpty());

        assertThat(consumer.health().state()).isEqualTo(ConsumerState.CLOSED);
    }

    @Test
    void close_duringBackoff_doesNotWaitForIt() {
        use(CONFIG.withReconnect(new ReconnectPolicy(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ZERO)));
        consumer.start();
        await(() -> consumer.health().state() == ConsumerState.WAITING);

        consumer.close();

        assertThat(threadsOf("drone")).isEmpty();
    }

    private void use(BackpressurePolicy policy) {
        use(CONFIG.withProvider(policy));
    }

    private void use(RtspConfig config) {
        consumer.close();
        consumer = new Recorder(config);
    }

    private void feedWhileTheWorkerIsBusy() {
        var source = new ScriptedSource().unit("slow");
        sources.add(source);
        consumer.start();
        await(mayWork::hasQueuedThreads);
        for (int i = 1; i <= 9; i++) {
            source.unit(Integer.toString(i));
        }
        await(() -> consumer.statistics().received() == 10);
        mayWork.release();
    }

    private ScriptedSource open() throws IOException {
        attempts.incrementAndGet();
        var source = sources.poll();
        if (source == null) {
            throw new ConnectException("nobody there");
        }
        return source;
    }

    private static List<String> threadsOf(String stream) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.endsWith("-" + stream))
                .toList();
    }

    private static void await(BooleanSupplier condition) {
        Eventually.holds("the awaited state", condition);
    }
}
