package dev.aerie.vision.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.util.List;
import java.util.Map;

/// What a model really runs on, and why.
///
/// - `device`: never [Device#AUTO]
/// - `reason`: one line for the log and for readiness
public record ExecutionProvider(Device device, String reason) {

    /// The most GPU memory that one graph may take for what it computes, in bytes; a run that needs more fails.
    public static final long GPU_BYTES_PER_GRAPH = 4L << 30;

    /// Adds the provider that `wanted` asks for to `options`.
    ///
    /// Throws [ModelException] where a device is asked for by name and cannot be used. ONNX Runtime loads what
    /// a device needs only now, so a GPU build on a machine without a driver is found out here.
    static ExecutionProvider choose(Device wanted, SessionOptions options) throws ModelException {
        if (wanted == Device.CPU) {
            return new ExecutionProvider(Device.CPU, "DEVICE=cpu");
        }
        String obstacle = add(wanted, options);
        if (wanted == Device.AUTO) {
            return obstacle.isEmpty()
                    ? new ExecutionProvider(Device.CUDA, "DEVICE=auto found CUDA")
                    : new ExecutionProvider(Device.CPU, "DEVICE=auto, " + obstacle);
        }
        if (!obstacle.isEmpty()) {
            throw new ModelException(
                    "DEVICE=" + wanted + ", but " + obstacle + "; set DEVICE=auto or cpu to run without");
        }
        return new ExecutionProvider(wanted, "DEVICE=" + wanted);
    }

    /// What [Device#AUTO] would run on here, without a model.
    public static ExecutionProvider available() throws ModelException {
        try (var options = new SessionOptions()) {
            return choose(Device.AUTO, options);
        }
    }

    /// What this build of ONNX Runtime has been made for, whether or not the machine has it: `CPU`, `CUDA` …
    public static List<String> built() {
        return OrtEnvironment.getAvailableProviders().stream()
                .map(OrtProvider::name)
                .sorted()
                .toList();
    }

    /// Adds what `wanted` needs; returns what stood in the way, or nothing.
    private static String add(Device wanted, SessionOptions options) {
        return switch (wanted) {
            case CPU -> "";
            case AUTO, CUDA -> tried(OrtProvider.CUDA, "CUDA", () -> addCuda(options));
            case TENSORRT ->
                tried(OrtProvider.TENSOR_RT, "TensorRT", () -> {
                    addTensorrt(options);
                    addCuda(options);
                });
            case COREML ->
                tried(
                        OrtProvider.CORE_ML,
                        "Core ML",
                        () -> options.addCoreML(Map.of("ModelFormat", "MLProgram", "MLComputeUnits", "ALL")));
        };
    }

    private static String tried(OrtProvider provider, String name, Addition addition) {
        if (!OrtEnvironment.getAvailableProviders().contains(provider)) {
            return "this build of ONNX Runtime has no " + name;
        }
        try {
            addition.run();
            return "";
        } catch (OrtException e) {
            return name + " cannot be used: " + firstLine(e);
        }
    }

    private static void addCuda(SessionOptions options) throws OrtException {
        try (var cuda = new OrtCUDAProviderOptions()) {
            cuda.add("gpu_mem_limit", Long.toString(GPU_BYTES_PER_GRAPH));
            cuda.add("arena_extend_strategy", "kSameAsRequested");
            options.addCUDA(cuda);
        }
    }

    private static void addTensorrt(SessionOptions options) throws OrtException {
        try (var tensorrt = new OrtTensorRTProviderOptions()) {
            tensorrt.add("trt_fp16_enable", "1");
            tensorrt.add("trt_max_workspace_size", Long.toString(GPU_BYTES_PER_GRAPH));
            options.addTensorrt(tensorrt);
        }
    }

    private static String firstLine(OrtException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    @FunctionalInterface
    private interface Addition {
        void run() throws OrtException;
    }
}
