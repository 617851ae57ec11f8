package dev.aerie.vision.onnx;

import dev.aerie.settings.Device;
import java.nio.file.Path;
import java.util.Optional;

/// The device of networks and their limits on it.
///
/// - `threads`: of one run on the CPU; 0 for all cores
/// - `poolThreads`: of the pool that the models of a process share on the CPU, the caller of a run included; 0 for all
///   cores. The first model that is opened decides; runs of another number of threads do not use it
/// - `gpuBytes`: limit of GPU memory for weights and computation; a run that needs more fails
/// - `engines`: folder of TensorRT's engine cache; empty builds the engines at each start
public record InferenceDevice(Device device, int threads, int poolThreads, long gpuBytes, Optional<Path> engines) {

    /// Default limit of GPU memory for all networks of a process together.
    public static final int DEFAULT_GPU_MEBIBYTES = 8192;

    /// Smallest limit of GPU memory: less holds no network.
    public static final int MIN_GPU_MEBIBYTES = 1024;

    private static final int MEBIBYTE_BITS = 20;

    public InferenceDevice {
        if (threads < 0 || poolThreads < 0 || gpuBytes < 1) {
            throw new IllegalArgumentException("networks run on 0 or more threads and some GPU memory, was " + threads
                    + " threads and " + gpuBytes + " bytes");
        }
    }

    /// With the default GPU memory, without an engine cache.
    public static InferenceDevice of(Device device, int threads) {
        return of(device, threads, DEFAULT_GPU_MEBIBYTES);
    }

    /// Without an engine cache; `gpuMebibytes` is of 2^20 bytes each.
    public static InferenceDevice of(Device device, int threads, int gpuMebibytes) {
        return new InferenceDevice(device, threads, threads, (long) gpuMebibytes << MEBIBYTE_BITS, Optional.empty());
    }

    /// The CPU, with one thread for a run: for a small network, beside others that share the pool.
    public InferenceDevice onOneThread() {
        return new InferenceDevice(Device.CPU, 1, poolThreads, gpuBytes, engines);
    }

    /// As this, with the engine cache in `folder`, which need not exist yet.
    public InferenceDevice withEnginesIn(Path folder) {
        return new InferenceDevice(device, threads, poolThreads, gpuBytes, Optional.of(folder));
    }

    /// As this, with the engine cache in the sub-folder `name`.
    public InferenceDevice withEngineFolder(String name) {
        return new InferenceDevice(device, threads, poolThreads, gpuBytes, engines.map(folder -> folder.resolve(name)));
    }

    /// As this, with a fraction of the GPU memory, above 0 and at most 1.
    public InferenceDevice memoryFraction(double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("a fraction is above 0 and at most 1, was " + fraction);
        }
        return new InferenceDevice(device, threads, poolThreads, Math.max(1, (long) (gpuBytes * fraction)), engines);
    }

    /// The GPU memory in 2^20 bytes.
    public long gpuMebibytes() {
        return gpuBytes >> MEBIBYTE_BITS;
    }
}
