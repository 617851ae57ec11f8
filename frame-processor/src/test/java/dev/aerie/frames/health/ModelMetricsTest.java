package dev.aerie.frames.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.vision.onnx.Gpu;
import dev.aerie.vision.onnx.ModelStatistics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ModelMetricsTest {

    @Test
    void register_eachModel_isReadAnewByItsName() {
        var runs = new AtomicLong(1);
        var registry = new SimpleMeterRegistry();
        new ModelMetrics<>(
                        runs,
                        now -> List.of(
                                new ModelStatistics(
                                        "edgetam/image_encoder", now.get(), 0, 0, 0, 500_000_000, 3, 1 << 30),
                                new ModelStatistics("edgetam/memory_encoder", 7, 2, 0, 1, 0, 0, 0)))
                .register(registry);
        runs.set(5);
        assertThat(registry.get("aerie.model.runs")
                        .tag("model", "edgetam/image_encoder")
                        .functionCounter()
                        .count())
                .isEqualTo(5);
        assertThat(registry.get("aerie.model.seconds")
                        .tag("model", "edgetam/image_encoder")
                        .functionCounter()
                        .count())
                .isEqualTo(0.5);
        assertThat(registry.get("aerie.model.processor")
                        .tag("model", "edgetam/image_encoder")
                        .gauge()
                        .value())
                .isEqualTo(3);
        assertThat(registry.get("aerie.model.gpu.limit.bytes")
                        .tag("model", "edgetam/image_encoder")
                        .gauge()
                        .value())
                .isEqualTo(1 << 30);
        assertThat(registry.get("aerie.model.non_finite")
                        .tag("model", "edgetam/memory_encoder")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("aerie.model.refused")
                        .tag("model", "edgetam/memory_encoder")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void register_gpu_reportsMemoryAndUtilization() {
        var registry = new SimpleMeterRegistry();
        new GpuMetrics(() -> Optional.of(new Gpu(37, 1024))).register(registry);
        assertThat(registry.get("aerie.gpu.memory.used.bytes").gauge().value()).isEqualTo(1 << 30);
        assertThat(registry.get("aerie.gpu.busy.percent").gauge().value()).isEqualTo(37);
    }
}
