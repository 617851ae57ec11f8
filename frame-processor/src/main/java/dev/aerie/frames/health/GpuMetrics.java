package dev.aerie.frames.health;

import dev.aerie.vision.onnx.Gpu;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;

/// How busy the GPU is and how much of its memory is in use, by whomever; asked of its driver when an operator looks,
/// and not again for a while.
public final class GpuMetrics {

    private static final Duration HOLDS = Duration.ofSeconds(5);
    private static final double BYTES_PER_MB = 1 << 20;

    private final Driver driver;
    private long askedAtNanos;
    private Optional<Gpu> last = Optional.empty();
    private boolean asked;

    public GpuMetrics(Driver driver) {
        this.driver = driver;
    }

    /// Registers both, once.
    public void register(MeterRegistry registry) {
        Gauge.builder(
                        "aerie.gpu.memory.used.bytes",
                        this,
                        gpu -> gpu.look().map(Gpu::memoryMb).orElse(Double.NaN) * BYTES_PER_MB)
                .description("memory of the first GPU that is in use, by whomever")
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "aerie.gpu.busy.percent",
                        this,
                        gpu -> gpu.look().map(Gpu::percent).orElse(Double.NaN))
                .description("share of the time in which the first GPU works")
                .strongReference(true)
                .register(registry);
    }

    private synchronized Optional<Gpu> look() {
        if (!asked || System.nanoTime() - askedAtNanos > HOLDS.toNanos()) {
            asked = true;
            try {
                last = driver.look();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                last = Optional.empty();
            }
            askedAtNanos = System.nanoTime();
        }
        return last;
    }

    /// What knows of the GPU; empty where it does not answer.
    @FunctionalInterface
    public interface Driver {
        Optional<Gpu> look() throws InterruptedException;
    }
}
