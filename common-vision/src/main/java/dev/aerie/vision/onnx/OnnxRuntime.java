package dev.aerie.vision.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.util.concurrent.CompletableFuture;

/// ONNX Runtime's environment, created once per process, with the first model.
///
/// While it starts, it reads the process' command line for its telemetry, by regular expressions that recurse once for
/// each letter. With a long class path the usual stack of 1 MB does not hold them, and the process crashes:
/// hence a thread with a larger stack. (`ORT_DISABLE_TELEMETRY=1` in the environment, which `./aerie` sets, leaves
/// that out altogether; a Java process cannot set it for itself.)
final class OnnxRuntime {

    private static final long STACK_BYTES = 64L << 20;
    private static final OrtEnvironment ENVIRONMENT = CompletableFuture.supplyAsync(
                    Start::silently, start -> new Thread(null, start, "onnx-runtime-start", STACK_BYTES).start())
            .join();

    private OnnxRuntime() {}

    static OrtEnvironment environment() {
        return ENVIRONMENT;
    }

    /// A class of its own, because its thread would wait for the initialization of the class that waits for it.
    private static final class Start {

        private static OrtEnvironment silently() {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            try {
                environment.setTelemetry(false);
                return environment;
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime cannot be started", e);
            }
        }
    }
}
