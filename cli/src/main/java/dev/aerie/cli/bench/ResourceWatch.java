package dev.aerie.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.cli.host.ProcessCost;
import dev.aerie.vision.onnx.Gpu;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// What a process uses, second by second. Used by one thread.
final class ResourceWatch {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final double BYTES_PER_MB = 1e6;

    private final long pid;
    private final boolean hasGpu;
    private final List<ResourceSample> samples = new ArrayList<>();

    ResourceWatch(long pid) throws InterruptedException {
        this.pid = pid;
        hasGpu = Gpu.look().isPresent();
    }

    /// Takes a sample each second for as long as `runFor`; throws [IOException] as soon as the process is gone.
    void watch(Duration runFor) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        ProcessCost before = ProcessCost.of(pid);
        long beforeNanos = begin;
        while (System.nanoTime() - begin < runFor.toNanos()) {
            Thread.sleep(STEP);
            ProcessCost now = ProcessCost.of(pid);
            long nowNanos = System.nanoTime();
            double busyNanos = now.cpuTime().minus(before.cpuTime()).toNanos();
            samples.add(sample(100 * busyNanos / (nowNanos - beforeNanos), now.residentBytes()));
            before = now;
            beforeNanos = nowNanos;
        }
    }

    private ResourceSample sample(double cpuPercent, long residentBytes) throws InterruptedException {
        Optional<Gpu> gpu = hasGpu ? Gpu.look() : Optional.empty();
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

    /// Samples taken.
    int seconds() {
        return samples.size();
    }

    double mostRssMb() {
        return statistics(ResourceSample::rssMb).getMax();
    }

    /// Mean memory of a part of the run: `from` and `to` as shares of it, 0..1.
    double meanRssMb(double from, double to) {
        return rounded(samples.subList((int) (from * samples.size()), (int) Math.ceil(to * samples.size())).stream()
                .mapToDouble(ResourceSample::rssMb)
                .average()
                .orElse(0));
    }

    private DoubleSummaryStatistics statistics(ToDoubleFunction<ResourceSample> figure) {
        return samples.stream().mapToDouble(figure).summaryStatistics();
    }

    /// Writes every sample, and their mean and greatest.
    void write(Path file) throws IOException {
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(
                        file.toFile(),
                        Map.of(
                                "mean_cpu_percent", meanCpuPercent(),
                                "max_rss_mb", mostRssMb(),
                                "samples", samples));
    }

    private static double rounded(double number) {
        return Math.round(number * 10) / 10.0;
    }
}
