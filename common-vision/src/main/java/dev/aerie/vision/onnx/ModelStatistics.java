package dev.aerie.vision.onnx;

/// What has become of a model's runs since it was opened.
///
/// - `runs`: that ended
/// - `refused`: that never began, for a tensor was missing or not of the shape or type that the model takes
/// - `failed`: that ONNX Runtime broke off
/// - `notFinite`: of those that ended, how many wrote what is no finite number
/// - `runNanos`: that all which ended took
/// - `onProcessor`: operations that run on the processor although another device was asked for
/// - `gpuLimitBytes`: of GPU memory, the most that it may take; 0 where it takes none
public record ModelStatistics(
        String model,
        long runs,
        long refused,
        long failed,
        long notFinite,
        long runNanos,
        int onCpu,
        long gpuLimitBytes) {}
