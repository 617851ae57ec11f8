package dev.aerie.service.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The resident memory of the process, including native memory. The Java heap's part of it is the metric
/// `jvm_memory_committed_bytes`. Linux only; NaN elsewhere.
@Singleton
final class MemoryMetrics implements MeterBinder {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final long BYTES_PER_KIBIBYTE = 1024;

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("aerie.memory.resident.bytes", MemoryMetrics::residentBytes)
                .description("resident memory of the process, including native memory")
                .register(registry);
    }

    static double residentBytes() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIBIBYTE)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException _) {
            return Double.NaN;
        }
    }
}
