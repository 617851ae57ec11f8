package dev.aerie.vision.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;

/// Options of ONNX Runtime's NVIDIA providers, by the names in their documentation.
final class GpuOptions {

    private static final String YES = "1";

    private GpuOptions() {}

    /// An arena that grows by the size requested, up to the limit, instead of by doubling.
    static Map<String, String> cuda(InferenceDevice inferenceDevice) {
        return Map.of(
                "gpu_mem_limit",
                Long.toString(inferenceDevice.gpuBytes()),
                "arena_extend_strategy",
                "kSameAsRequested");
    }

    /// Half precision; an engine is built once for each graph, GPU and version of TensorRT where a folder keeps it.
    /// That folder must be the graph's own: ONNX Runtime tells engines apart by names and shapes, not by weights.
    ///
    /// Makes that folder, whose parents TensorRT would not make; throws [IOException] where it cannot be made.
    static Map<String, String> tensorrt(InferenceDevice inferenceDevice) throws IOException {
        var options = new TreeMap<String, String>();
        options.put("trt_fp16_enable", YES);
        options.put("trt_max_workspace_size", Long.toString(inferenceDevice.gpuBytes()));
        if (inferenceDevice.engines().isPresent()) {
            String folder =
                    Files.createDirectories(inferenceDevice.engines().get()).toString();
            options.put("trt_engine_cache_enable", YES);
            options.put("trt_engine_cache_path", folder);
            options.put("trt_timing_cache_enable", YES);
            options.put("trt_timing_cache_path", folder);
        }
        return options;
    }
}
