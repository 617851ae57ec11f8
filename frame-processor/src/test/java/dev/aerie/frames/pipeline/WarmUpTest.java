package dev.aerie.frames.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.prompt.StrategyChoice;
import dev.aerie.vision.prompt.StrategyKind;
import dev.aerie.vision.track.TrackedObjectState;
import dev.aerie.vision.track.VideoTracker;
import dev.aerie.vision.tracker.ProcessingMode;
import dev.aerie.vision.tracker.StreamControl;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    private final List<Long> looked = new ArrayList<>();
    private boolean closed;

    @Test
    void look_anyTracker_seesDifferentFramesAndIsClosed() {
        WarmUp.run((_, _) -> new Scripted(false), control());

        assertThat(looked).isNotEmpty().doesNotHaveDuplicates();
        assertThat(closed).isTrue();
    }

    @Test
    void look_trackerThatFails_isClosedAndFailsNobody() {
        WarmUp.run((_, _) -> new Scripted(true), control());

        assertThat(looked).hasSize(1);
        assertThat(closed).isTrue();
    }

    private static StreamControl control() {
        return new StreamControl(ProcessingMode.VIDEO, 30, new StrategyChoice(StrategyKind.of("detector"), "things"));
    }

    private final class Scripted implements VideoTracker {

        private final boolean fails;

        private Scripted(boolean fails) {
            this.fails = fails;
        }

        @Override
        public List<TrackedObjectState> process(VideoFrame frame) throws ModelException {
            looked.add(frame.stamp().id().frameNumber());
            if (fails) {
                throw new ModelException("broken");
            }
            return List.of();
        }

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public String model() {
            return "scripted";
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
