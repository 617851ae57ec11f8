package dev.aerie.service.config;

import dev.aerie.settings.Device;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/// The settings of every service that runs models; nested in the service's own mapping, by
/// [io.smallrye.config.WithParentName].
@RegisterForReflection
public interface InferenceConfig {

    @WithDefault("${MODELS_DIR:}")
    @Variable("folder of the installed models; empty for `~/.aerie/models`")
    Optional<String> modelsDir();

    @WithDefault("${DEVICE:auto}")
    @Variable("inference device; `auto` takes CUDA if available, else the CPU")
    Device device();

    @WithDefault("${INFERENCE_THREADS:0}")
    @Variable(value = "threads of one model run on the CPU; 0 for all cores", min = 0, max = 256)
    int inferenceThreads();
}
