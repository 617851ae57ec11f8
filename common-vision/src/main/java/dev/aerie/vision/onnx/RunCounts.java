package dev.aerie.vision.onnx;

import java.util.concurrent.atomic.LongAdder;

/// Counters of a model's runs. Safe for several threads.
final class RunCounts {

    private final LongAdder runs = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder notFinite = new LongAdder();
    private final LongAdder runNanos = new LongAdder();

    void ran(long nanos) {
        runs.increment();
        runNanos.add(nanos);
    }

    void refused() {
        refused.increment();
    }

    void failed() {
        failed.increment();
    }

    void notFinite() {
        notFinite.increment();
    }

    ModelStatistics of(String model, int onCpu, long gpuLimitBytes) {
        return new ModelStatistics(
                model, runs.sum(), refused.sum(), failed.sum(), notFinite.sum(), runNanos.sum(), onCpu, gpuLimitBytes);
    }
}
