package dev.aerie.benchmarks.bus;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Messages;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StreamTrafficTest {

    private static final long NOW_NANOS = 1_763_712_000_123_456_789L;

    @Test
    void kindOf_oneSecond_hasEachKindAsOftenAsAStreamPublishesIt() {
        Map<StreamTraffic, Long> counts = LongStream.range(1000, 1000 + StreamTraffic.PER_SECOND)
                .mapToObj(StreamTraffic::kindOf)
                .collect(groupingBy(kind -> kind, counting()));

        assertThat(counts)
                .isEqualTo(Map.of(
                        StreamTraffic.FRAME_RESULT,
                        10L,
                        StreamTraffic.POSE,
                        30L,
                        StreamTraffic.IMU_BATCH,
                        20L,
                        StreamTraffic.TELEMETRY,
                        5L));
    }

    @ParameterizedTest
    @EnumSource
    void message_everyKind_isReadBackWithItsTime(StreamTraffic kind) throws Exception {
        byte[] body = Messages.write(kind.message("bench-7", NOW_NANOS));

        assertThat(Messages.read(body).envelope().captureTimeNanos()).isEqualTo(NOW_NANOS);
    }
}
