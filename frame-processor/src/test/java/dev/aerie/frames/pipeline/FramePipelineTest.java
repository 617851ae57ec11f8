package dev.aerie.frames.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.frames.pipeline.PromptQueue.NotExecutedException;
import dev.aerie.messages.Box;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.RawDetection;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.DetectionRecorder;
import dev.aerie.vision.detect.DetectionResult;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.prompt.StrategyChoice;
import dev.aerie.vision.prompt.StrategyKind;
import dev.aerie.vision.testing.ThingTracker;
import dev.aerie.vision.testing.ThingWorld;
import dev.aerie.vision.testing.ThingWorld.Thing;
import dev.aerie.vision.track.TrackingByDetection;
import dev.aerie.vision.tracker.ProcessingMode;
import dev.aerie.vision.tracker.PromptRejectedException;
import dev.aerie.vision.tracker.PromptRequest;
import dev.aerie.vision.tracker.PromptedTracker;
import dev.aerie.vision.tracker.StreamControl;
import dev.aerie.vision.tracker.TrackLifecycleConfig;
import dev.aerie.vision.tracker.TrackingLimits;
import dev.aerie.vision.tracker.VideoTrackerFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Frames of known truth; a person asks from another thread while they come.
final class FramePipelineTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final Box PLACE = new Box(20, 20, 40, 40);
    private static final ThingWorld WORLD = ThingWorld.of(Thing.still(ThingWorld.RED, PLACE));
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final PromptRequest WISH =
            new PromptRequest(OptionalLong.empty(), Optional.empty(), List.of(), Optional.of(PLACE), Optional.empty());

    private final StreamControl control =
            new StreamControl(ProcessingMode.VIDEO, 10, new StrategyChoice(StrategyKind.DETECTOR, "thing."));
    private final PromptQueue queue = new PromptQueue();
    private final List<FrameResult> results = new ArrayList<>();
    private final ThingTracker.Factory engines = new ThingTracker.Factory(WORLD);
    private int next;
    private long nanos;

    private FramePipeline look(StateStore states, Duration forgetAfter) throws ModelException {
        VideoTrackerFactory trackers = (processingMode, _) -> processingMode == ProcessingMode.VIDEO
                ? new PromptedTracker(
                        engines, _ -> List.of(), new TrackingLimits(4, 4, 10), TrackLifecycleConfig.DEFAULT)
                : new TrackingByDetection(new MotionDetector(10), ByteTrackConfig.DEFAULT);
        var inference = new FrameInference(
                trackers,
                control,
                Producer.of("frame-processor", "fp-test"),
                InstantSource.fixed(Instant.EPOCH),
                () -> nanos += FrameInference.REPLACED_EVERY_NANOS);
        var load = new LoadLimiter(Double.POSITIVE_INFINITY);
        return new FramePipeline("drone", inference, control, queue, states, forgetAfter, load, results::add, _ -> {});
    }

    private void give(FramePipeline pipeline, int frames) {
        for (int i = 0; i < frames; i++) {
            pipeline.accept(WORLD.frame(SESSION, next++));
        }
    }

    private <T> T asked(FramePipeline pipeline, PromptQueue.TrackerTask<T> trackerTask) throws Exception {
        var answer = CompletableFuture.supplyAsync(() -> {
            try {
                return queue.submit(trackerTask, PATIENCE);
            } catch (PromptRejectedException | NotExecutedException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (!answer.isDone()) {
            give(pipeline, 1);
        }
        return answer.get();
    }

    @Test
    void accept_userPrompt_isAppliedBetweenFramesAndItsMaskIsInTheResults() throws Exception {
        try (var pipeline = look(StateStore.NONE, PATIENCE)) {
            give(pipeline, 3);
            var made = asked(pipeline, tracker -> tracker.applyPrompts(OptionalLong.empty(), List.of(WISH)));
            give(pipeline, 1);
            var object = results.getLast().objects().getFirst();
            assertThat(object.id()).isEqualTo(made.getFirst().track().id());
            assertThat(object.prompt()).isEqualTo("box");
            assertThat(object.box()).isEqualTo(PLACE);
            assertThat(object.mask()).isNotNull();
            assertThat(object.mask().areaPixels()).isEqualTo(1600);
            assertThat(object.areaPixels()).isEqualTo(1600);
            assertThat(object.polygon()).hasSize(4);
            assertThat(results.getLast().tracker()).isEqualTo("things");
            assertThat(results.getLast().envelope().producer().model()).isEqualTo("truth");
        }
    }

    @Test
    void ask_tenThousandAtOnce_mostAreRefusedAndTheStreamGoesOn() throws Exception {
        try (var pipeline = look(StateStore.NONE, PATIENCE)) {
            give(pipeline, 1);
            int refused = 0;
            for (int i = 0; i < 10_000; i++) {
                try {
                    queue.submit(tracker -> tracker.remove(1), Duration.ZERO);
                } catch (NotExecutedException e) {
                    refused += e.reason() == NotExecutedException.Reason.BUSY ? 1 : 0;
                }
            }
            assertThat(refused).isEqualTo(10_000 - 64);
            give(pipeline, 20);
            assertThat(results).hasSize(21);
            var made = asked(pipeline, tracker -> tracker.applyPrompts(OptionalLong.empty(), List.of(WISH)));
            assertThat(made).hasSize(1);
        }
    }

    @Test
    void ask_theTrackerThrowsOverAPrompt_failsThatPromptAndTheStreamGoesOn() throws Exception {
        try (var pipeline = look(StateStore.NONE, PATIENCE)) {
            give(pipeline, 1);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> asked(pipeline, _ -> {
                        throw new IllegalArgumentException("a mask of another size");
                    }))
                    .withRootCauseInstanceOf(NotExecutedException.class)
                    .withStackTraceContaining("a mask of another size");
            int before = results.size();
            give(pipeline, 3);
            assertThat(results).hasSize(before + 3);
        }
    }

    @Test
    void ask_noFrameComes_isWithdrawn() throws Exception {
        try (var pipeline = look(StateStore.NONE, PATIENCE)) {
            give(pipeline, 1);
            assertThatExceptionOfType(NotExecutedException.class)
                    .isThrownBy(() -> queue.submit(
                            tracker -> tracker.applyPrompts(OptionalLong.empty(), List.of(WISH)),
                            Duration.ofMillis(20)))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(NotExecutedException.Reason.NO_FRAME));
            give(pipeline, 3);
            assertThat(results.getLast().objects()).isEmpty();
        }
    }

    @Test
    void setMode_image_takesAnotherTrackerThatTakesNoPrompts() throws Exception {
        try (var pipeline = look(StateStore.NONE, PATIENCE)) {
            give(pipeline, 1);
            control.setMode(ProcessingMode.IMAGE);
            give(pipeline, 1);
            assertThat(results.getLast().tracker()).isEqualTo("bytetrack");
            assertThat(engines.last().isClosed()).isTrue();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> asked(pipeline, tracker -> tracker.remove(1)))
                    .withRootCauseInstanceOf(NotExecutedException.class);
            control.setMode(ProcessingMode.VIDEO);
            give(pipeline, 1);
            assertThat(results.getLast().tracker()).isEqualTo("things");
        }
    }

    @Test
    void accept_detectionsRecorded_areInTheResultOfTheFrameThatWasLookedAt() throws Exception {
        var recorder = new DetectionRecorder(true);
        var found = new Detection(PLACE, "car", 0.2);
        VideoTrackerFactory trackers = (_, _) ->
                new TrackingByDetection(recorder.recording(new OneDetection(found)), ByteTrackConfig.DEFAULT, recorder);
        var producer = Producer.of("frame-processor", "fp-test");
        try (var inference = new FrameInference(trackers, control, producer, InstantSource.fixed(Instant.EPOCH))) {
            var result = inference.process(WORLD.frame(SESSION, 0)).result();
            assertThat(result.objects()).isEmpty();
            assertThat(result.detections()).containsExactly(new RawDetection("car", 0.2, PLACE));
            assertThat(recorder.detectionsIn(new FrameId("drone", SESSION, 1))).isEmpty();
        }
        try (var pipeline = look(StateStore.NONE, PATIENCE)) {
            give(pipeline, 1);
            assertThat(results.getLast().detections()).isNull();
        }
    }

    /// Finds the same in every frame.
    private record OneDetection(Detection detection) implements Detector {

        @Override
        public DetectionResult detect(VideoFrame frame) {
            return new DetectionResult(List.of(detection), Optional.empty());
        }

        @Override
        public String name() {
            return "one";
        }

        @Override
        public void close() {}
    }

    @Test
    void close_withAStateStore_theNextReplicaGoesOnWithTheSameObject(@TempDir Path folder) throws Exception {
        var store = new FolderStateStore(folder);
        try (var pipeline = look(store, PATIENCE)) {
            give(pipeline, 3);
            asked(pipeline, tracker -> tracker.applyPrompts(OptionalLong.empty(), List.of(WISH)));
            give(pipeline, 5);
        }
        long id = results.getLast().objects().getFirst().id();
        results.clear();
        try (var pipeline = look(store, PATIENCE)) {
            give(pipeline, 1);
            assertThat(results.getLast().objects())
                    .singleElement()
                    .satisfies(object -> assertThat(object.id()).isEqualTo(id));
        }
    }

    @Test
    void onIdle_longerThanTheTimeout_endsTheTracksAndReusesNoIdentity() throws Exception {
        try (var pipeline = look(StateStore.NONE, Duration.ZERO)) {
            give(pipeline, 1);
            asked(pipeline, tracker -> tracker.applyPrompts(OptionalLong.empty(), List.of(WISH)));
            pipeline.onIdle();
            assertThat(engines.last().isClosed()).isTrue();
            give(pipeline, 1);
            assertThat(results.getLast().objects()).isEmpty();
            var made = asked(pipeline, tracker -> tracker.applyPrompts(OptionalLong.empty(), List.of(WISH)));
            assertThat(made.getFirst().track().id()).isEqualTo(2);
        }
    }

    @Test
    void loadLimit_workTakesLongerThanFramesLeaveTimeFor_asksForFewer() {
        var load = new LoadLimiter(0.9);
        assertThat(load.limit(30)).isEqualTo(30);
        for (int i = 0; i < 50; i++) {
            load.recordDuration(100_000_000 + ThreadLocalRandom.current().nextInt(1000));
        }
        assertThat(load.limit(30)).isBetween(8.9, 9.1);
        assertThat(load.limit(5)).isEqualTo(5);
        for (int i = 0; i < 50; i++) {
            load.recordDuration(10_000_000);
        }
        assertThat(load.limit(30)).isEqualTo(30);
    }
}
