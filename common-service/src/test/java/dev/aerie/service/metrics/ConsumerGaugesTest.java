package dev.aerie.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.ConsumerHealth;
import dev.aerie.rtsp.ConsumerState;
import dev.aerie.rtsp.ConsumerStatistics;
import dev.aerie.rtsp.LossCause;
import dev.aerie.service.worker.StreamWorker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConsumerGaugesTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void of_aStreamWithLosses_countsThemByCause() {
        ConsumerGauges.of(registry, () -> List.of(new Work())).refresh();
        assertThat(losses("stalled")).isEqualTo(3);
        assertThat(losses("refused")).isEqualTo(1);
        assertThat(losses("ended")).isZero();
    }

    @Test
    void of_aStream_tellsItsFramesAndTheTimeToDecodeThem() {
        ConsumerGauges.of(registry, () -> List.of(new Work())).refresh();
        assertThat(value("aerie.frames.received")).isEqualTo(100);
        assertThat(value("aerie.frames.dropped")).isEqualTo(7);
        assertThat(value("aerie.frames.skipped")).isEqualTo(2);
        assertThat(value("aerie.frames.decode.mean.seconds")).isEqualTo(0.004);
        assertThat(value("aerie.frames.decode.p95.seconds")).isEqualTo(0.009);
        assertThat(value("aerie.stream.live")).isEqualTo(1);
    }

    private double losses(String cause) {
        return registry.get("aerie.stream.losses")
                .tags("stream", "drone", "cause", cause)
                .gauge()
                .value();
    }

    private double value(String name) {
        return registry.get(name).tag("stream", "drone").gauge().value();
    }

    private static final class Work implements StreamWorker {

        @Override
        public StreamAssignment assignment() {
            throw new UnsupportedOperationException("not asked for");
        }

        @Override
        public String stream() {
            return "drone";
        }

        @Override
        public ConsumerHealth health() {
            return new ConsumerHealth(ConsumerState.LIVE, "");
        }

        @Override
        public ConsumerStatistics statistics() {
            return new ConsumerStatistics(
                    ConsumerState.LIVE,
                    100,
                    7,
                    2,
                    91,
                    Duration.ofMillis(4),
                    Duration.ofMillis(9),
                    Map.of(LossCause.STALLED, 3L, LossCause.REFUSED, 1L),
                    Optional.empty());
        }

        @Override
        public void close() {}
    }
}
