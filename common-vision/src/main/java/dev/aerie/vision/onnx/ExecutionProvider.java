package dev.aerie.vision.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;

/// What a model really runs on, and why.
///
/// - `device`: [Device#CPU] or [Device#CUDA], never [Device#AUTO]
/// - `reason`: one line for the log and for readiness
public record ExecutionProvider(Device device, String reason) {

    /// The most GPU memory that one graph may take for what it computes; a run that needs more fails.
    private static final long GPU_BYTES_PER_GRAPH = 4L << 30;

    /// Adds the provider that `wanted` asks for to `options`.
    ///
    /// Throws [ModelException] where CUDA is asked for and cannot be used. ONNX Runtime loads CUDA's libraries
    /// only now, so a GPU build on a machine without a driver is found out here.
    static ExecutionProvider choose(Device wanted, SessionOptions options) throws ModelException {
        return switch (wanted) {
            case CPU -> new ExecutionProvider(Device.CPU, "DEVICE=cpu");
            case CUDA -> {
                String obstacle = addCuda(options);
                if (!obstacle.isEmpty()) {
                    throw new ModelException(
                            "DEVICE=cuda, but " + obstacle + "; set DEVICE=auto or cpu to run without");
                }
                yield new ExecutionProvider(Device.CUDA, "DEVICE=cuda");
            }
            case AUTO -> {
                String obstacle = addCuda(options);
                yield obstacle.isEmpty()
                        ? new ExecutionProvider(Device.CUDA, "DEVICE=auto found CUDA")
                        : new ExecutionProvider(Device.CPU, "DEVICE=auto, " + obstacle);
            }
        };
    }

    /// What [Device#AUTO] would run on here, without a model.
    public static ExecutionProvider available() throws ModelException {
        try (var options = new SessionOptions()) {
            return choose(Device.AUTO, options);
        }
    }

    /// Adds CUDA; returns what stood in the way, or nothing.
    private static String addCuda(SessionOptions options) {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            return "this build of ONNX Runtime has no CUDA";
        }
        try (var cuda = new OrtCUDAProviderOptions()) {
            cuda.add("gpu_mem_limit", Long.toString(GPU_BYTES_PER_GRAPH));
            cuda.add("arena_extend_strategy", "kSameAsRequested");
            options.addCUDA(cuda);
            return "";
        } catch (OrtException e) {
            return "CUDA cannot be used: " + firstLine(e);
        }
    }

    private static String firstLine(OrtException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
