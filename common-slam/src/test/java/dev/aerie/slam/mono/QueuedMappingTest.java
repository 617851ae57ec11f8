package dev.aerie.slam.mono;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.slam.engine.SlamEvents;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.map.Anchor;
import dev.aerie.slam.map.FrameFeatures;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.KeyframeRequest;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.mapping.InertialMap;
import dev.aerie.slam.place.PlaceIndex;
import dev.aerie.slam.tuning.InertialNoise;
import dev.aerie.slam.tuning.PlaceConfig;
import dev.aerie.slam.tuning.SlamTuning;
import dev.aerie.threads.ThreadFailures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class QueuedMappingTest {

    private static final PinholeCamera CAMERA = PinholeCamera.ofFieldOfView(640, 480, 70);

    @Test
    @SuppressWarnings("NullAway") // the fault
    void begin_buildingFails_isToldCountedAndTheNextTaskIsDone() throws Exception {
        long before = ThreadFailures.counts().getOrDefault("slam-mapping", 0L);
        try (var mapping = mapping()) {
            mapping.start();
            assertThat(mapping.initialize(null).get(60, TimeUnit.SECONDS)).isEmpty();
            Eventually.holds(
                    "the failure is told",
                    Duration.ofSeconds(60),
                    () -> mapping.failure().isPresent());
            mapping.dropSubmap(0);
            Eventually.holds("the next task is done", Duration.ofSeconds(60), mapping::isIdle);
        }
        assertThat(ThreadFailures.counts().get("slam-mapping")).isEqualTo(before + 1);
    }

    @Test
    void insertKeyframe_queueFull_isDroppedAndCounted() throws Exception {
        try (var mapping = mapping()) {
            for (int i = 0; i < QueuedMapping.MAX_WAITING; i++) {
                mapping.insertKeyframe(request(i));
            }
            assertThat(mapping.dropped()).isZero();

            mapping.insertKeyframe(request(QueuedMapping.MAX_WAITING));
            mapping.insertKeyframe(request(QueuedMapping.MAX_WAITING + 1));
            assertThat(mapping.dropped()).isEqualTo(2);
            assertThat(mapping.isIdle()).isFalse();

            mapping.start();
            Eventually.holds("the queue is worked off", Duration.ofSeconds(60), mapping::isIdle);
            mapping.insertKeyframe(request(QueuedMapping.MAX_WAITING + 2));
            assertThat(mapping.dropped()).as("there is room again").isEqualTo(2);
        }
    }

    private static QueuedMapping mapping() {
        var events = new SlamEvents("cam1");
        var builder = new MapBuilder(
                new SlamMap(),
                new PlaceIndex(PlaceConfig.DEFAULT),
                SlamTuning.DEFAULT,
                new InertialMap(InertialNoise.DEFAULT),
                events);
        return new QueuedMapping(builder, events);
    }

    /// A keyframe of a submap that was removed meanwhile: nothing is to be done.
    private static KeyframeRequest request(long frameNumber) {
        var frame = new FrameFeatures(frameNumber, frameNumber, Features.NONE);
        var removed = new SlamMap().addKeyframe(frame, CAMERA, RigidTransform.IDENTITY, Keyframe.NO_SUBMAP);
        return new KeyframeRequest(frame, Anchor.of(RigidTransform.IDENTITY, removed), List.of());
    }
}
