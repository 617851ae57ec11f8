package dev.aerie.ingest.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.video.AccessUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What AUDIT says of the memory of all streams together. Fails at d493c5a.
final class AuditRelayTest {

    private static final int STREAMS = 64;
    private static final int UNIT_BYTES = 1 << 20;
    private static final int UNITS = 60;

    /// Today: RelayStreamTest. All units share their bytes here; in earnest each has its own.
    @Test
    void m6_cachedGroupsOfAllStreams_staySmallerThanTheHeap() {
        var relay = new Relay();
        byte[] bytes = new byte[UNIT_BYTES];
        for (int i = 0; i < STREAMS; i++) {
            var stream = relay.open("drone-" + i);
            for (int unit = 0; unit < UNITS; unit++) {
                stream.publish(new AccessUnit(bytes, unit == 0, unit * 3_000L, Optional.empty()));
            }
        }
        long cached = relay.streams().stream()
                .flatMap(stream -> stream.cachedGroup().stream())
                .mapToLong(AccessUnit::sizeBytes)
                .sum();
        assertThat(cached).isLessThan(Math.min(Runtime.getRuntime().maxMemory(), 2L << 30));
    }
}
