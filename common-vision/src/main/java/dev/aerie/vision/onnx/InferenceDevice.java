package dev.aerie.vision.onnx;

import java.nio.file.Path;
import java.util.Optional;

/// What networks run on, and how much of it they may take.
///
/// - `threads`: of one run on the processor; 0 for all cores
/// - `gpuBytes`: of GPU memory for what they hold and compute; a run that needs more fails
/// - `engines`: folder where TensorRT keeps what it has built for this GPU; empty builds anew at each start
public record InferenceDevice(Device device, int threads, long gpuBytes, Optional<Path> engines) {

    /// Of GPU memory, for all networks of a process together, where nobody says otherwise.
    public static final int DEFAULT_GPU_MEBIBYTES = 8192;

    /// Of GPU memory: less holds no network.
    public static final int MIN_GPU_MEBIBYTES = 1024;

    private static final int MEBIBYTE_BITS = 20;

    public InferenceDevice {
        if (threads < 0 || gpuBytes < 1) {
            throw new IllegalArgumentException("networks run on 0 or more threads and some GPU memory, was told "
                    + threads + " threads and " + gpuBytes + " bytes");
        }
    }

    /// With the usual GPU memory, keeping no engines.
    public static InferenceDevice of(Device device, int threads) {
        return of(device, threads, DEFAULT_GPU_MEBIBYTES);
    }

    /// Keeping no engines; `gpuMebibytes` is of 2^20 bytes each.
    public static InferenceDevice of(Device device, int threads, int gpuMebibytes) {
        return new InferenceDevice(device, threads, (long) gpuMebibytes << MEBIBYTE_BITS, Optional.empty());
    }

    /// As this, keeping engines in `folder`, which need not exist yet.
    public InferenceDevice withEnginesIn(Path folder) {
        return new InferenceDevice(device, threads, gpuBytes, Optional.of(folder));
    }

    /// As this, keeping its engines apart from others', in the folder `name` of the same place.
    public InferenceDevice withEngineFolder(String name) {
        return new InferenceDevice(device, threads, gpuBytes, engines.map(folder -> folder.resolve(name)));
    }

    /// As this, with a share of the GPU memory, above 0 and at most 1.
    public InferenceDevice memoryFraction(double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("a share is above 0 and at most 1, was " + fraction);
        }
        return new InferenceDevice(device, threads, Math.max(1, (long) (gpuBytes * fraction)), engines);
    }

    /// The GPU memory in 2^20 bytes.
    public long gpuMebibytes() {
        return gpuBytes >> MEBIBYTE_BITS;
    }
}
