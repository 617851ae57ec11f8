package dev.aerie.benchmarks;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/// Resources that a process used in one second.
///
/// - `second`: since the first sample, from 1
/// - `cpuPercent`: of one core; two busy cores are 200
/// - `rssMb`: its memory in RAM, 10^6 bytes
/// - `gpuPercent`, `gpuMemoryMb`: of the first GPU, all processes; null without a GPU
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ResourceSample(
        int second,
        double cpuPercent,
        double rssMb,
        @Nullable Double gpuPercent,
        @Nullable Double gpuMemoryMb) {}
