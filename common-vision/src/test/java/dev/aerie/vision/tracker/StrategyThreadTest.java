package dev.aerie.vision.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.TestFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.prompt.Candidate;
import dev.aerie.vision.prompt.PromptStrategy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class StrategyThreadTest {

    private static final VideoFrame FRAME = TestFrame.black("s", 0, 32, 24);

    private final CountDownLatch isObserving = new CountDownLatch(1);
    private final CountDownLatch isWorking = new CountDownLatch(1);
    private final AtomicBoolean isOver = new AtomicBoolean();

    @Test
    void observeDuring_work_runsBesideIt() throws ModelException {
        try (var thread = new StrategyThread(observing(() -> {
            isObserving.countDown();
            await(isWorking);
        }))) {
            String result = thread.observeDuring(FRAME, () -> {
                isWorking.countDown();
                await(isObserving);
                return "done";
            });
            assertThat(result).isEqualTo("done");
        }
    }

    @Test
    void observeDuring_workFails_endsOnlyAfterTheStrategyHasSeenTheFrame() {
        try (var thread = new StrategyThread(observing(() -> {
            await(isWorking);
            isOver.set(true);
        }))) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> thread.observeDuring(FRAME, () -> {
                        isWorking.countDown();
                        throw new ModelException("no masks");
                    }))
                    .withMessage("no masks");
            assertThat(isOver).isTrue();
        }
    }

    @Test
    void observeDuring_strategyFails_isThatFailureAfterTheWork() {
        PromptStrategy failing = new PromptStrategy() {
            @Override
            public void observe(VideoFrame frame) throws ModelException {
                throw new ModelException("nothing seen");
            }

            @Override
            public List<Candidate> propose(VideoFrame frame) {
                return List.of();
            }
        };
        try (var thread = new StrategyThread(failing)) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> thread.observeDuring(FRAME, () -> {
                        isOver.set(true);
                        return "done";
                    }))
                    .withMessage("nothing seen");
            assertThat(isOver).isTrue();
        }
    }

    private static PromptStrategy observing(Runnable observation) {
        return new PromptStrategy() {
            @Override
            public void observe(VideoFrame frame) {
                observation.run();
            }

            @Override
            public List<Candidate> propose(VideoFrame frame) {
                return List.of();
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
