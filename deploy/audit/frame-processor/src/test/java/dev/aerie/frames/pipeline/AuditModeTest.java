package dev.aerie.frames.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.frames.prompt.TextQuery;
import dev.aerie.messages.Producer;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.mot.ByteTrack;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.track.DetectingTracker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What AUDIT says of modes that are changed again and again. Fails at d493c5a.
final class AuditModeTest {

    private static final int CHANGES = 1_000;

    /// Today: ModeChangesTest.
    @Test
    void m21_modeChangedAThousandTimesAtOnce_loadsFewModels() throws Exception {
        var opened = new AtomicInteger();
        var control = new StreamControl(Mode.VIDEO, 10, new TextQuery("thing."));
        Trackers trackers = (_, _) -> {
            opened.incrementAndGet();
            return new DetectingTracker(new MotionDetector(10), new ByteTrack(ByteTrackConfig.DEFAULT));
        };
        var producer = Producer.of("frame-processor", "fp-test");
        try (var looker = new FrameLooker(trackers, control, producer, InstantSource.fixed(Instant.EPOCH))) {
            for (int i = 0; i < CHANGES; i++) {
                control.setMode(i % 2 == 0 ? Mode.IMAGE : Mode.VIDEO);
                var _ = looker.tracker();
            }
        }
        assertThat(opened.get()).as("models loaded").isLessThan(CHANGES / 2);
    }
}
