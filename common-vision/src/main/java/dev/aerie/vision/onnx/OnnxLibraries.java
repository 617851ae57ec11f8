package dev.aerie.vision.onnx;

import dev.aerie.natives.NativeLibrary;

/// What runs the networks, loaded by name.
public final class OnnxLibraries {

    /// For the processor; what a GPU needs is loaded with the first model, and done without where it is missing.
    public static final NativeLibrary RUNTIME = new NativeLibrary("ONNX Runtime", () -> OnnxRuntime.environment());

    private OnnxLibraries() {}
}
