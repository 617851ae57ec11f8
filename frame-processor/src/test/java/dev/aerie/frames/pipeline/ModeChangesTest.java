package dev.aerie.frames.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Producer;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.prompt.StrategyChoice;
import dev.aerie.vision.prompt.StrategyKind;
import dev.aerie.vision.track.TrackingByDetection;
import dev.aerie.vision.tracker.ProcessingMode;
import dev.aerie.vision.tracker.StreamControl;
import dev.aerie.vision.tracker.VideoTrackerFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ModeChangesTest {

    private final StreamControl control =
            new StreamControl(ProcessingMode.VIDEO, 10, new StrategyChoice(StrategyKind.DETECTOR, "thing."));
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void tracker_modeChangedAgainAndAgain_isReplacedOnceASecond() throws Exception {
        VideoTrackerFactory trackers = (_, _) -> {
            opened.incrementAndGet();
            return new TrackingByDetection(new MotionDetector(10), ByteTrackConfig.DEFAULT);
        };
        try (var inference = new FrameInference(
                trackers,
                control,
                Producer.of("frame-processor", "fp-test"),
                InstantSource.fixed(Instant.EPOCH),
                nanos::get)) {
            for (int i = 0; i < 100; i++) {
                control.setMode(i % 2 == 0 ? ProcessingMode.IMAGE : ProcessingMode.VIDEO);
                var _ = inference.tracker();
            }
            assertThat(opened).as("the first tracker, and the first change").hasValue(2);
            nanos.addAndGet(FrameInference.REPLACED_EVERY_NANOS);
            var _ = inference.tracker();
            assertThat(opened).as("the last mode is followed").hasValue(3);
        }
    }
}
