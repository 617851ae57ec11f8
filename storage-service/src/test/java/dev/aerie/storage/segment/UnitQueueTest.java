package dev.aerie.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.limits.ByteBudget;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.VideoCodec;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What waits while the disk is away.
final class UnitQueueTest {

    private static final int UNIT_BYTES = 1000;

    /// Many streams may not fill the memory together where each alone keeps its bound.
    @Test
    void put_streamsTogetherBeyondTheirBudget_refusesUntilOneWasTaken() throws Exception {
        var budget = new ByteBudget(3 * UNIT_BYTES);
        try (var one = new UnitQueue(10 * UNIT_BYTES, budget);
                var two = new UnitQueue(10 * UNIT_BYTES, budget)) {
            one.put(idr());
            one.put(idr());
            two.put(idr());
            two.put(idr());
            assertThat(two.refused()).isEqualTo(1);
            assertThat(one.take(Duration.ZERO).units()).hasSize(2);
            two.put(idr());
            assertThat(two.refused()).isEqualTo(1);
            assertThat(two.take(Duration.ZERO).units()).hasSize(2);
            assertThat(budget.taken()).isZero();
        }
    }

    private static AccessUnit idr() {
        var bytes = new byte[UNIT_BYTES];
        bytes[3] = 1;
        bytes[4] = 0x65;
        return new AccessUnit(VideoCodec.H264, bytes, true, 0, Optional.empty());
    }
}
