package dev.aerie.vision.onnx;

import dev.aerie.natives.NativeLibrary;

/// ONNX Runtime's native library, loaded by name.
public final class OnnxLibraries {

    /// For the CPU, loaded without being started, because the first model decides on its threads; a GPU's libraries are
    /// loaded with the first model, and skipped where they are missing.
    public static final NativeLibrary RUNTIME = new NativeLibrary("ONNX Runtime", ExecutionProvider::built);

    private OnnxLibraries() {}
}
