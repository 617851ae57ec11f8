package dev.aerie.frames.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.frames.testing.ManualFrameSource;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Message;
import dev.aerie.messages.Producer;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.WorkerStatus;
import dev.aerie.messages.amqp.StreamAssignments;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.service.worker.WorkerStatusPublisher;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.prompt.StrategyChoice;
import dev.aerie.vision.prompt.StrategyKind;
import dev.aerie.vision.testing.ScriptedFrame;
import dev.aerie.vision.track.TrackedObjectState;
import dev.aerie.vision.track.VideoTracker;
import dev.aerie.vision.tracker.ProcessingMode;
import dev.aerie.vision.tracker.StreamControl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A tracker that fails in the middle of a stream, as one does whose native library is missing.
final class FailingWorkTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String SESSION = ExampleMessages.SESSION;

    private final ManualFrameSource source = new ManualFrameSource();
    private final AtomicBoolean isBroken = new AtomicBoolean();
    private final AtomicInteger closedTrackers = new AtomicInteger();
    private final List<FrameResult> results = new CopyOnWriteArrayList<>();
    private final List<WorkerStatus> statuses = new CopyOnWriteArrayList<>();
    private final StreamWorkers<FrameWorker> workers = new StreamWorkers<>(
            "frame-processor",
            new FrameWorkerFactory(
                    pipeline(),
                    () -> new StreamControl(
                            ProcessingMode.VIDEO, 30, new StrategyChoice(StrategyKind.DETECTOR, "thing."))));
    private final WorkerStatusPublisher status = new WorkerStatusPublisher(
            workers::statuses, Producer.of("frame-processor", "fp-test"), InstantSource.system(), this::hear);

    @AfterEach
    void close() {
        workers.close();
        status.close();
    }

    @Test
    void process_libraryMissing_isReportedOnTheBusAndRetried() throws InterruptedException {
        status.start();
        workers.assigned(StreamAssignments.of(ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "drone", SESSION)));
        source.give(ScriptedFrame.of("drone", SESSION, 0));
        Eventually.holds("a result", LIMIT, () -> results.size() == 1);

        isBroken.set(true);
        source.give(ScriptedFrame.of("drone", SESSION, 1));
        Eventually.holds("failure on the bus", LIMIT, () -> has(WorkerStatus.State.FAILED));
        assertThat(failure().cause()).contains("UnsatisfiedLinkError", "libopencv_imgproc");
        assertThat(failure().failures()).isPositive();

        isBroken.set(false);
        Eventually.holds("begun anew", LIMIT, () -> workers.find("drone").isPresent());
        source.give(ScriptedFrame.of("drone", SESSION, 2));
        Eventually.holds("the next result", LIMIT, () -> results.size() == 2);
        assertThat(results.getLast().envelope().frameId().frameNumber()).isEqualTo(2);
        assertThat(closedTrackers.get()).isPositive();
    }

    private boolean has(WorkerStatus.State state) {
        return statuses.stream().anyMatch(one -> one.state() == state);
    }

    private WorkerStatus failure() {
        return statuses.stream()
                .filter(one -> one.state() == WorkerStatus.State.FAILED)
                .findFirst()
                .orElseThrow();
    }

    private void hear(Message message) {
        statuses.add((WorkerStatus) message);
    }

    private PipelineContext pipeline() {
        return new PipelineContext(
                new StreamInput<>(
                        stream -> RtspConfig.of(stream, "rtsp://nowhere/" + stream)
                                .withProvider(new BackpressurePolicy.Block()),
                        _ -> source,
                        new Random(1)),
                (_, _) -> new Breakable(),
                StateStore.NONE,
                results::add,
                (_, _) -> _ -> {},
                Duration.ofMinutes(1),
                Double.POSITIVE_INFINITY,
                Producer.of("frame-processor", "fp-test"),
                InstantSource.system());
    }

    private final class Breakable implements VideoTracker {

        @Override
        public List<TrackedObjectState> process(VideoFrame frame) {
            if (isBroken.get()) {
                throw new UnsatisfiedLinkError("no libopencv_imgproc in java.library.path");
            }
            return List.of();
        }

        @Override
        public String name() {
            return "breakable";
        }

        @Override
        public String model() {
            return "none";
        }

        @Override
        public void close() {
            closedTrackers.incrementAndGet();
        }
    }
}
