package dev.aerie.service.metrics;

import dev.aerie.rtsp.ConsumerStatistics;
import dev.aerie.rtsp.LossCause;
import dev.aerie.service.worker.StreamWorker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/// Gauges of the streams that a worker reads: frames, lost connections, decoding time.
public final class ConsumerGauges {

    private static final double NANOS_PER_SECOND = 1e9;

    private ConsumerGauges() {}

    /// The gauges of `works`; a service adds its own.
    public static <S extends StreamWorker> StreamGauges<S> of(
            MeterRegistry registry, Supplier<? extends Collection<S>> works) {
        return new StreamGauges<S>(registry, works, StreamWorker::stream)
                .add(
                        "aerie.frames.received",
                        "frames received since the stream was assigned",
                        work -> work.statistics().received())
                .add(
                        "aerie.frames.dropped",
                        "frames dropped in favour of newer ones",
                        work -> work.statistics().dropped())
                .add(
                        "aerie.frames.skipped",
                        "frames that were damaged, or for which no memory was free",
                        work -> work.statistics().skipped())
                .add(
                        "aerie.frames.decode.mean.seconds",
                        "mean time to decode a frame",
                        work -> seconds(work.statistics().decodeMean()))
                .add(
                        "aerie.frames.decode.p95.seconds",
                        "time to decode a frame, 95th percentile",
                        work -> seconds(work.statistics().decodeP95()))
                .add(
                        "aerie.stream.live",
                        "1 while frames flow",
                        work -> work.health().isLive() ? 1 : 0)
                .addEach(
                        "aerie.stream.losses",
                        "connections to the stream that were lost, by cause",
                        "cause",
                        List.of(LossCause.values()),
                        (work, cause) -> losses(work.statistics(), cause));
    }

    private static double losses(ConsumerStatistics statistics, LossCause cause) {
        return statistics.losses().getOrDefault(cause, 0L);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }
}
