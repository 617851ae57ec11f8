package dev.aerie.frames.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.FrameResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts of this replica from its start to its end, for a file that is written at the end:
///
/// ```
/// {"frames": 1200, "objects": 5310, "errors": 0,
///  "latency_ms": {"mean": 21.4, "min": 12.0, "max": 61.2, "p95": 34.5},
///  "started_at": "2026-11-21T10:00:00Z", "ended_at": "…", "seconds": 120.0, "fps": 10.0,
///  "frames_processed": 1200, "detections_found": 5310, "latency_stats": {"mean": 21.4, "min": 12.0, …},
///  "start_time": 1763719200.0, "last_frame_time": 1763719319.9, "end_time": 1763719320.0}
/// ```
///
/// - `frames_processed`, `detections_found`, `latency_stats`: the same under other names
/// - `start_time`, `last_frame_time`, `end_time`: in seconds of Unix time; the second is null where no frame was
///   processed
/// - `objects`: summed over all frames
/// - `errors`: frames on which a model failed
/// - `latency_ms`: time in detector and tracker
///
/// Safe for several threads; does not grow.
public final class WorkerStatistics {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerStatistics.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double P95 = 95;
    private static final long MAX_LATENCY_MICROS = 10_000_000;
    private static final int SIGNIFICANT_DIGITS = 4;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double THOUSAND = 1000;

    private final InstantSource clock;
    private final Instant startedAt;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Histogram latencyMicros = new Histogram(MAX_LATENCY_MICROS, SIGNIFICANT_DIGITS);

    @GuardedBy("lock")
    private long frames;

    @GuardedBy("lock")
    private long objects;

    @GuardedBy("lock")
    private @Nullable Instant lastFrameAt;

    /// Starts to count.
    public WorkerStatistics(InstantSource clock) {
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    public void count(FrameResult result) {
        lock.lock();
        try {
            frames++;
            lastFrameAt = clock.instant();
            objects += result.objects().size();
            latencyMicros.recordValue(
                    Math.clamp(Math.round(result.timing().inferMillis() * 1000), 0, MAX_LATENCY_MICROS));
        } finally {
            lock.unlock();
        }
    }

    /// Writes what was counted; a failure is logged.
    public void write(Path file, long errors) {
        try {
            Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(summary(errors)));
            LOG.info("statistics written file={}", file);
        } catch (IOException e) {
            LOG.warn("statistics not written file={} cause={}", file, e.getMessage());
        }
    }

    private Object summary(long errors) {
        Instant endedAt = clock.instant();
        double seconds = Duration.between(startedAt, endedAt).toNanos() / NANOS_PER_SECOND;
        var summary = JSON.createObjectNode();
        lock.lock();
        try {
            summary.put("frames", frames).put("objects", objects).put("errors", errors);
            summary.set("latency_ms", latencies());
            summary.put("started_at", startedAt.toString()).put("ended_at", endedAt.toString());
            summary.put("seconds", rounded(seconds)).put("fps", rounded(seconds > 0 ? frames / seconds : 0));
            summary.put("frames_processed", frames).put("detections_found", objects);
            summary.set("latency_stats", latencies());
            summary.put("start_time", unixSeconds(startedAt));
            summary.put("last_frame_time", lastFrameAt == null ? null : unixSeconds(lastFrameAt));
            return summary.put("end_time", unixSeconds(endedAt));
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private ObjectNode latencies() {
        return JSON.createObjectNode()
                .put("mean", rounded(latencyMicros.getMean() / 1000))
                .put("min", rounded(latencyMicros.getTotalCount() == 0 ? 0 : latencyMicros.getMinValue() / 1000.0))
                .put("max", rounded(latencyMicros.getMaxValue() / 1000.0))
                .put("p95", rounded(latencyMicros.getValueAtPercentile(P95) / 1000.0));
    }

    private static Double unixSeconds(Instant moment) {
        return rounded(moment.getEpochSecond() + moment.getNano() / NANOS_PER_SECOND);
    }

    private static double rounded(double number) {
        return Math.round(number * THOUSAND) / THOUSAND;
    }
}
