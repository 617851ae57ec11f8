package dev.aerie.vision.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtEnvironment.ThreadingOptions;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// ONNX Runtime's environment, created once per process, with the first model, and with it one pool of threads for the
/// runs of all models.
///
/// While it starts, it reads the process' command line for its telemetry, by regular expressions that recurse once for
/// each letter. With a long class path the usual stack of 1 MB does not hold them, and the process crashes:
/// hence a thread with a larger stack. (`ORT_DISABLE_TELEMETRY=1` in the environment, which `./aerie` sets, leaves
/// that out altogether; a Java process cannot set it for itself.)
final class OnnxRuntime {

    private static final long STACK_BYTES = 64L << 20;
    private static final String LOG_NAME = "aerie";

    /// Of a run that needs no pool: the caller's.
    private static final int ONE_THREAD = 1;

    private static final OnnxRuntime RUNTIME = new OnnxRuntime();

    private @Nullable OrtEnvironment environment;
    private int poolThreads;

    private OnnxRuntime() {}

    /// The environment, with a pool of one thread where no model was opened yet.
    static OrtEnvironment environment() {
        return environment(ONE_THREAD);
    }

    /// The environment; the first call decides on its pool.
    ///
    /// - `threads`: of one run on the CPU, its caller included; 0 for all cores
    static OrtEnvironment environment(int threads) {
        return RUNTIME.startedWith(threads);
    }

    /// Whether runs of that many threads can use the pool. A second number in one process gets threads for each model.
    static boolean isPoolOf(int threads) {
        return RUNTIME.hasPoolOf(threads);
    }

    private synchronized OrtEnvironment startedWith(int threads) {
        if (environment == null) {
            environment = CompletableFuture.supplyAsync(
                            () -> start(threads),
                            start -> new Thread(null, start, "onnx-runtime-start", STACK_BYTES).start())
                    .join();
            poolThreads = threads;
        }
        return environment;
    }

    private synchronized boolean hasPoolOf(int threads) {
        return environment != null && threads == poolThreads && threads != ONE_THREAD;
    }

    private static OrtEnvironment start(int threads) {
        try (var options = new ThreadingOptions()) {
            options.setGlobalIntraOpNumThreads(threads);
            options.setGlobalInterOpNumThreads(ONE_THREAD);
            // Spinning threads would take the cores of the decoders.
            options.setGlobalSpinControl(false);
            var started = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, LOG_NAME, options);
            started.setTelemetry(false);
            return started;
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot be started", e);
        }
    }
}
