package dev.aerie.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.host.ProcessCost;
import dev.aerie.vision.onnx.Gpu;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Resources that a process uses, sampled every second. Used by one thread.
final class ResourceWatch {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final double BYTES_PER_MB = 1e6;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final long pid;
    private final boolean hasGpu;
    private final List<ResourceSample> samples = new ArrayList<>();

    ResourceWatch(long pid) throws InterruptedException {
        this.pid = pid;
        hasGpu = Gpu.query().isPresent();
    }

    /// Samples every second for `runFor`; throws [IOException] as soon as the process is gone.
    void watch(Duration runFor) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        ProcessCost before = ProcessCost.of(pid);
        long beforeNanos = begin;
        do {
            Thread.sleep(STEP);
            ProcessCost now = ProcessCost.of(pid);
            long nowNanos = System.nanoTime();
            double busyNanos = now.cpuTime().minus(before.cpuTime()).toNanos();
            samples.add(sample(100 * busyNanos / (nowNanos - beforeNanos), now.residentBytes()));
            before = now;
            beforeNanos = nowNanos;
        } while (System.nanoTime() - begin < runFor.toNanos());
    }

    private ResourceSample sample(double cpuPercent, long residentBytes) throws InterruptedException {
        Optional<Gpu> gpu = hasGpu ? Gpu.query() : Optional.empty();
        return new ResourceSample(
                samples.size() + 1,
                rounded(cpuPercent),
                rounded(residentBytes / BYTES_PER_MB),
                gpu.map(Gpu::percent).orElse(null),
                gpu.map(Gpu::memoryMb).orElse(null));
    }

    double meanCpuPercent() {
        return rounded(statistics(ResourceSample::cpuPercent).getAverage());
    }

    /// Number of samples.
    int seconds() {
        return samples.size();
    }

    double maxRssMb() {
        return statistics(ResourceSample::rssMb).getMax();
    }

    /// Mean memory of an interval of the run: `from` and `to` as fractions of it, 0..1.
    double meanRssMb(double from, double to) {
        return rounded(samples.subList((int) (from * samples.size()), (int) Math.ceil(to * samples.size())).stream()
                .mapToDouble(ResourceSample::rssMb)
                .average()
                .orElse(0));
    }

    private DoubleSummaryStatistics statistics(ToDoubleFunction<ResourceSample> figure) {
        return samples.stream().mapToDouble(figure).summaryStatistics();
    }

    /// 95th percentile of CPU use per second, in percent of one core.
    double cpuP95Percent() {
        return Spread.of(samples.stream().map(ResourceSample::cpuPercent).toList())
                .p95();
    }

    /// Writes every sample and their statistics, under our names and under other names in use:
    ///
    /// ```
    /// {"mean_cpu_percent": …, "max_rss_mb": …, "samples": […], "timestamp": Unix seconds, "pid": …,
    ///  "stats": {"runtime_seconds": …, "samples_collected": …,
    ///            "cpu_percent": {"mean": …, "median": …, "p95": …, "max": …, "min": …}, "memory_mb": {…},
    ///            "gpu_percent": {…} or null, "gpu_memory_mb": {…} or null}}
    /// ```
    void write(Path file, Instant now) throws IOException {
        var report = new LinkedHashMap<String, Object>();
        report.put("mean_cpu_percent", meanCpuPercent());
        report.put("max_rss_mb", maxRssMb());
        report.put("timestamp", now.toEpochMilli() / MILLIS_PER_SECOND);
        report.put("pid", pid);
        report.put("stats", stats());
        report.put("samples", samples);
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), report);
    }

    private Map<String, Object> stats() {
        var stats = new LinkedHashMap<String, Object>();
        stats.put("runtime_seconds", seconds());
        stats.put("samples_collected", samples.size());
        stats.put("cpu_percent", spread(ResourceSample::cpuPercent));
        stats.put("memory_mb", spread(ResourceSample::rssMb));
        stats.put("gpu_percent", spread(ResourceSample::gpuPercent));
        stats.put("gpu_memory_mb", spread(ResourceSample::gpuMemoryMb));
        return stats;
    }

    /// Null without samples.
    private @Nullable Spread spread(Function<ResourceSample, @Nullable Double> figure) {
        var measured = samples.stream().map(figure).filter(Objects::nonNull).toList();
        return measured.isEmpty() ? null : Spread.of(measured);
    }

    private static double rounded(double number) {
        return Math.round(number * 10) / 10.0;
    }
}
