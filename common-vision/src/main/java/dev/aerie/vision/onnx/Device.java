package dev.aerie.vision.onnx;

import java.util.Locale;

/// What an operator asks a model to run on.
public enum Device {
    /// The GPU where one can be used, else the processor.
    AUTO,
    CPU,
    /// An NVIDIA GPU; a model refuses to open where none can be used.
    CUDA;

    /// Reads `auto`, `cpu` or `cuda`; throws [IllegalArgumentException] for anything else.
    public static Device parse(String text) {
        return switch (text) {
            case "auto" -> AUTO;
            case "cpu" -> CPU;
            case "cuda" -> CUDA;
            default -> throw new IllegalArgumentException("DEVICE is '" + text + "', allowed: auto, cpu, cuda");
        };
    }

    /// As an operator writes it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
