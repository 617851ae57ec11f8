package dev.aerie.slam.mono;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.slam.engine.SlamEvents;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.place.PlaceIndex;
import dev.aerie.slam.tuning.PlaceConfig;
import dev.aerie.slam.tuning.SlamTuning;
import dev.aerie.threads.ThreadFailures;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class QueuedMappingTest {

    @Test
    @SuppressWarnings("NullAway") // the fault
    void begin_buildingFails_isToldCountedAndTheNextTaskIsDone() throws Exception {
        long before = ThreadFailures.counts().getOrDefault("slam-mapping", 0L);
        try (var mapping = new QueuedMapping(new MapBuilder(
                new SlamMap(), new PlaceIndex(PlaceConfig.DEFAULT), SlamTuning.DEFAULT, new SlamEvents("cam1")))) {
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
}
