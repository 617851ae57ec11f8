package dev.aerie.service.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The memory that the process occupies, machine code and native memory included, in every service. What of it is the
/// heap, `jvm_memory_committed_bytes` tells. Linux only; NaN elsewhere.
@Singleton
final class MemoryMetrics implements MeterBinder {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final long BYTES_PER_KIBIBYTE = 1024;

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("aerie.memory.resident.bytes", MemoryMetrics::residentBytes)
                .description("memory that the process occupies, native memory included")
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
