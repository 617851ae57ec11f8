package dev.aerie.frames.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.frames.testing.ManualFrameSource;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.rtsp.LossCause;
import dev.aerie.rtsp.NoSuchStreamException;
import dev.aerie.rtsp.ReconnectPolicy;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.WorkListener;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.prompt.StrategyChoice;
import dev.aerie.vision.prompt.StrategyKind;
import dev.aerie.vision.testing.ScriptedFrame;
import dev.aerie.vision.track.TrackingByDetection;
import dev.aerie.vision.tracker.ProcessingMode;
import dev.aerie.vision.tracker.StreamControl;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Scripted frames through the real detector and tracker; nothing is dropped, so that every result is
/// known.
final class FrameConsumerTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration GONE_AFTER = Duration.ofMillis(200);
    private static final ReconnectPolicy FAST =
            new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofSeconds(10));
    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final String LATER = "01K9JXW8Z3T4V5W6X7Y8Z9ABCD";

    private final ManualFrameSource source = new ManualFrameSource();
    private final StreamControl control =
            new StreamControl(ProcessingMode.VIDEO, 30, new StrategyChoice(StrategyKind.DETECTOR, "thing."));
    private final List<FrameResult> results = new CopyOnWriteArrayList<>();
    private final AtomicInteger over = new AtomicInteger();
    private FramePipeline pipeline;
    private FrameConsumer consumer;

    @BeforeEach
    void start() throws ModelException {
        start(SESSION);
    }

    private void start(String session) throws ModelException {
        var inference = new FrameInference(
                (_, _) -> new TrackingByDetection(new MotionDetector(10), ByteTrackConfig.DEFAULT),
                control,
                Producer.of("frame-processor", "fp-test"),
                InstantSource.fixed(Instant.EPOCH));
        pipeline = new FramePipeline(
                "drone",
                inference,
                control,
                new PromptQueue(),
                StateStore.NONE,
                GONE_AFTER,
                new LoadLimiter(Double.POSITIVE_INFINITY),
                results::add,
                _ -> {});
        consumer = new FrameConsumer(
                new StreamInput.Located<>(
                        RtspConfig.of("drone", "rtsp://nowhere/drone")
                                .withProvider(new BackpressurePolicy.Block())
                                .withReconnect(FAST),
                        source,
                        new Random(1)),
                session,
                pipeline,
                new Heard(),
                GONE_AFTER);
        consumer.start();
    }

    @AfterEach
    void close() {
        consumer.close();
    }

    @Test
    void accept_scriptedFrames_everyResultNamesItsFrameAndOneObjectIsTracked() throws Exception {
        give(SESSION, 5, 45);
        awaitResults(40);
        for (int i = 0; i < results.size(); i++) {
            var envelope = results.get(i).envelope();
            assertThat(envelope.frameId())
                    .isEqualTo(
                            ScriptedFrame.of("drone", SESSION, i + 5L).stamp().id());
            assertThat(envelope.captureTimeNanos())
                    .isEqualTo(
                            ScriptedFrame.of("drone", SESSION, i + 5L).stamp().captureTimeNanos());
            assertThat(envelope.producer()).isEqualTo(new Producer("frame-processor", "fp-test", "motion"));
        }
        assertThat(results.getLast().objects()).singleElement().satisfies(object -> {
            assertThat(object.label()).isEqualTo("moving");
            assertThat(object.state()).isEqualTo(TrackState.CONFIRMED);
        });
        assertThat(pipeline.latest()).hasValue(results.getLast());
    }

    @Test
    void accept_modeOff_publishesNothingUntilItIsOnAgain() throws Exception {
        control.setMode(ProcessingMode.OFF);
        give(SESSION, 0, 5);
        Eventually.holds("taken", LIMIT, () -> consumer.statistics().processed() == 5);
        assertThat(results).isEmpty();
        control.setMode(ProcessingMode.VIDEO);
        give(SESSION, 5, 8);
        awaitResults(3);
    }

    @Test
    void accept_lowerRate_processesEveryThirdFrame() throws Exception {
        control.setFps(10);
        give(SESSION, 0, 30);
        Eventually.holds("taken", LIMIT, () -> consumer.statistics().processed() == 30);
        assertThat(results)
                .extracting(result -> result.envelope().frameNumber())
                .contains(0L, 3L, 27L)
                .hasSize(10);
    }

    @Test
    void accept_frameOfALaterSession_isTheEndAndLeftToWhoeverTakesIt() throws Exception {
        give(SESSION, 0, 2);
        give(LATER, 0, 1);
        Eventually.holds("over", LIMIT, () -> over.get() == 1);
        assertThat(results).hasSize(2);
    }

    @Test
    void accept_localSession_adoptsTheSessionOfTheFramesAndEndsWithIt() throws Exception {
        consumer.close();
        start("local-01K9JXW7Z3T4V5W6X7Y8Z9ABCD");
        give(SESSION, 0, 2);
        awaitResults(2);
        assertThat(over.get()).isZero();
        give(LATER, 0, 1);
        Eventually.holds("over", LIMIT, () -> over.get() == 1);
        assertThat(results).hasSize(2);
    }

    @Test
    void accept_foreignVideoWithoutIdentity_isProcessed() throws Exception {
        give("local-7", 0, 2);
        awaitResults(2);
        assertThat(over.get()).isZero();
    }

    @Test
    void lost_relayKnowsNoSuchStreamForLong_isTheEnd() throws Exception {
        source.fail(new NoSuchStreamException("404"));
        Eventually.holds("over", LIMIT, () -> over.get() > 0);
        assertThat(consumer.statistics().losses().get(LossCause.NO_SUCH_STREAM)).isGreaterThan(1);
    }

    @Test
    void lost_relayAwayForLong_isKeptAndSeenAgainWhenItIsBack() throws Exception {
        source.fail(new IOException("connection refused"));
        long since = System.nanoTime();
        Eventually.holds(
                "refused beyond the time-out",
                LIMIT,
                () -> System.nanoTime() - since > 3 * GONE_AFTER.toNanos()
                        && consumer.statistics().losses().getOrDefault(LossCause.REFUSED, 0L) > 10);
        assertThat(over.get()).isZero();
        source.heal();
        give(SESSION, 0, 2);
        awaitResults(2);
    }

    private void give(String session, long from, long to) {
        for (long i = from; i < to; i++) {
            source.give(ScriptedFrame.of("drone", session, i));
        }
    }

    private void awaitResults(int count) throws InterruptedException {
        Eventually.holds("results", LIMIT, () -> results.size() == count);
    }

    private final class Heard implements WorkListener {

        @Override
        public void onSessionEnd() {
            over.incrementAndGet();
        }

        @Override
        public void failed(Throwable cause) {
            throw new AssertionError("the consumer failed", cause);
        }
    }
}
