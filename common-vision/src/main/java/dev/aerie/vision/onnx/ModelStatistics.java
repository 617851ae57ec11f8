package dev.aerie.vision.onnx;

/// Counts of a model's runs since it was opened.
///
/// - `runs`: completed
/// - `refused`: not started, because a tensor was missing or of another shape or type
/// - `failed`: aborted by ONNX Runtime
/// - `notFinite`: completed runs whose outputs contained NaN or infinity
/// - `runNanos`: total time of completed runs
/// - `onProcessor`: operations that run on the CPU although another device was chosen
/// - `gpuLimitBytes`: limit of GPU memory; 0 where it uses none
public record ModelStatistics(
        String model,
        long runs,
        long refused,
        long failed,
        long notFinite,
        long runNanos,
        int onCpu,
        long gpuLimitBytes) {}
