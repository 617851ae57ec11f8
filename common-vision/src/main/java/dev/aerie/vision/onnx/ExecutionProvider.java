package dev.aerie.vision.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import dev.aerie.settings.Device;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The device that a model runs on, and why.
///
/// - `device`: never [Device#AUTO]
/// - `reason`: one line for the log and for readiness
/// - `gpuBytes`: limit of its GPU memory; 0 where it uses none
public record ExecutionProvider(Device device, String reason, long gpuBytes) {

    /// Without a model.
    public static final ExecutionProvider NONE = new ExecutionProvider(Device.CPU, "no network is used", 0);

    /// Adds the provider that `inferenceDevice` names to `options`.
    ///
    /// Throws [ModelException] where the device named cannot be used. ONNX Runtime loads a device's libraries only
    /// now, so a GPU build on a machine without a driver fails here.
    static ExecutionProvider choose(InferenceDevice inferenceDevice, SessionOptions options) throws ModelException {
        Device requested = inferenceDevice.device();
        if (requested == Device.CPU) {
            return new ExecutionProvider(Device.CPU, "DEVICE=cpu", 0);
        }
        String obstacle = add(inferenceDevice, options);
        if (requested == Device.AUTO) {
            return obstacle.isEmpty()
                    ? new ExecutionProvider(Device.CUDA, "DEVICE=auto found CUDA", inferenceDevice.gpuBytes())
                    : new ExecutionProvider(Device.CPU, "DEVICE=auto, " + obstacle, 0);
        }
        if (!obstacle.isEmpty()) {
            throw new ModelException(
                    "DEVICE=" + requested + ", but " + obstacle + "; set DEVICE=auto or cpu to run without");
        }
        return new ExecutionProvider(
                requested, "DEVICE=" + requested, requested.isNvidia() ? inferenceDevice.gpuBytes() : 0);
    }

    /// The device that [Device#AUTO] would choose here.
    public static ExecutionProvider available() throws ModelException {
        try (var options = new SessionOptions()) {
            return choose(InferenceDevice.of(Device.AUTO, 0), options);
        }
    }

    /// The providers of this build of ONNX Runtime, whether or not the machine has the device: `CPU`, `CUDA` …
    public static List<String> built() {
        return OrtEnvironment.getAvailableProviders().stream()
                .map(OrtProvider::name)
                .sorted()
                .toList();
    }

    /// Adds the device's provider; returns the obstacle, or an empty string.
    private static String add(InferenceDevice inferenceDevice, SessionOptions options) {
        return switch (inferenceDevice.device()) {
            case CPU -> "";
            case AUTO, CUDA -> tryAdd(OrtProvider.CUDA, "CUDA", () -> addCuda(inferenceDevice, options));
            case TENSORRT ->
                tryAdd(OrtProvider.TENSOR_RT, "TensorRT", () -> {
                    addTensorrt(inferenceDevice, options);
                    addCuda(inferenceDevice, options);
                });
            case COREML ->
                tryAdd(
                        OrtProvider.CORE_ML,
                        "Core ML",
                        () -> options.addCoreML(Map.of("ModelFormat", "MLProgram", "MLComputeUnits", "ALL")));
        };
    }

    private static String tryAdd(OrtProvider provider, String name, Addition addition) {
        if (!OrtEnvironment.getAvailableProviders().contains(provider)) {
            return "this build of ONNX Runtime has no " + name;
        }
        try {
            addition.run();
            return "";
        } catch (OrtException | IOException e) {
            return name + " cannot be used: " + firstLine(e);
        }
    }

    private static void addCuda(InferenceDevice inferenceDevice, SessionOptions options) throws OrtException {
        try (var cuda = new OrtCUDAProviderOptions()) {
            for (Map.Entry<String, String> option :
                    GpuOptions.cuda(inferenceDevice).entrySet()) {
                cuda.add(option.getKey(), option.getValue());
            }
            options.addCUDA(cuda);
        }
    }

    private static void addTensorrt(InferenceDevice inferenceDevice, SessionOptions options)
            throws OrtException, IOException {
        try (var tensorrt = new OrtTensorRTProviderOptions()) {
            for (Map.Entry<String, String> option :
                    GpuOptions.tensorrt(inferenceDevice).entrySet()) {
                tensorrt.add(option.getKey(), option.getValue());
            }
            options.addTensorrt(tensorrt);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    @FunctionalInterface
    private interface Addition {
        void run() throws OrtException, IOException;
    }
}
