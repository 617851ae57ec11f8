package dev.aerie.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The device that an operator chooses for the models.
public enum Device {
    /// CUDA where it can be used, else the CPU.
    AUTO,
    CPU,
    /// An NVIDIA GPU; a model cannot be opened where none can be used.
    CUDA,
    /// An NVIDIA GPU by TensorRT, in half precision where the GPU has it; operations without a TensorRT kernel run
    /// on CUDA.
    TENSORRT,
    /// GPU and neural engine of a Mac.
    COREML;

    /// As an operator may write them.
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(Device::toString).toList();
    }

    /// Whether it has GPU memory of its own.
    public boolean isNvidia() {
        return this == CUDA || this == TENSORRT;
    }

    /// Reads one of [#wireNames]; throws [IllegalArgumentException] for anything else.
    public static Device parse(String text) {
        return Arrays.stream(values())
                .filter(device -> device.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "DEVICE is '" + text + "', allowed: " + String.join(", ", wireNames())));
    }

    /// As an operator writes it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
