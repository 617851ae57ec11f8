package dev.aerie.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.video.AccessUnit;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What AUDIT says of video that waits for a disk. Fails at d493c5a.
final class AuditQueueTest {

    private static final int STREAMS = 32;
    private static final int UNIT_BYTES = 1 << 20;
    private static final int UNITS = 60;

    /// Today: UnitQueueTest. All units share their bytes here; in earnest each has its own.
    @Test
    void h10_whatWaitsOfAllStreams_staysSmallerThanTheHeap() {
        byte[] bytes = new byte[UNIT_BYTES];
        var queues = new ArrayList<UnitQueue>();
        for (int i = 0; i < STREAMS; i++) {
            var queue = new UnitQueue(64L << 20);
            queues.add(queue);
            for (int unit = 0; unit < UNITS; unit++) {
                queue.put(new AccessUnit(bytes, unit == 0, unit * 3_000L, Optional.empty()));
            }
        }
        assertThat(queues.stream().mapToLong(UnitQueue::bytes).sum())
                .isLessThan(Math.min(Runtime.getRuntime().maxMemory(), 1L << 30));
    }
}
