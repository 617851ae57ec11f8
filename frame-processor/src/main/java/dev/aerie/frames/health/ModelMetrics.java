package dev.aerie.frames.health;

import dev.aerie.vision.onnx.ModelStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// What is counted of the networks' runs, each by its name.
///
/// - `owner`: of the networks; metrics end with it
/// - `statistics`: of its networks, always the same ones in the same order
public record ModelMetrics<T>(T owner, Function<T, List<ModelStatistics>> statistics) {

    private static final double NANOS_PER_SECOND = 1e9;

    /// Registers them all, once.
    public void register(MeterRegistry registry) {
        List<ModelStatistics> models = statistics.apply(owner);
        for (int i = 0; i < models.size(); i++) {
            register(registry, models.get(i).model(), i);
        }
    }

    private void register(MeterRegistry registry, String model, int index) {
        count(registry, "runs", "runs that ended", model, index, ModelStatistics::runs);
        count(registry, "refused", "runs refused for a tensor of wrong shape", model, index, ModelStatistics::refused);
        count(registry, "failed", "runs that broke off", model, index, ModelStatistics::failed);
        count(registry, "non_finite", "runs that wrote no finite numbers", model, index, ModelStatistics::notFinite);
        count(registry, "seconds", "time in runs", model, index, one -> one.runNanos() / NANOS_PER_SECOND);
        Gauge.builder("aerie.model.processor", owner, of(index, ModelStatistics::onCpu))
                .description("operations that run on the processor although another device was asked for")
                .tag("model", model)
                .register(registry);
        Gauge.builder("aerie.model.gpu.limit.bytes", owner, of(index, ModelStatistics::gpuLimitBytes))
                .description("GPU memory that the model may take; 0 where it runs on the processor")
                .tag("model", model)
                .register(registry);
    }

    private void count(
            MeterRegistry registry,
            String name,
            String description,
            String model,
            int index,
            ToDoubleFunction<ModelStatistics> value) {
        FunctionCounter.builder("aerie.model." + name, owner, of(index, value))
                .description(description)
                .tag("model", model)
                .register(registry);
    }

    private ToDoubleFunction<T> of(int index, ToDoubleFunction<ModelStatistics> value) {
        return source -> value.applyAsDouble(statistics.apply(source).get(index));
    }
}
