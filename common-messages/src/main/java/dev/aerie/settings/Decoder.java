package dev.aerie.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What an operator wants video to be decoded by.
public enum Decoder {
    /// The first of the system's hardware decoders that can be opened, else software.
    AUTO,
    /// FFmpeg on the CPU.
    SOFTWARE,
    /// Intel's and AMD's GPUs on Linux.
    VAAPI,
    /// NVIDIA's GPUs (NVDEC).
    CUDA,
    /// Macs.
    VIDEOTOOLBOX;

    /// As an operator may write them.
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(Decoder::toString).toList();
    }

    /// Reads one of [#wireNames]; throws [InvalidSettingException] for anything else.
    public static Decoder parse(String text) {
        return Arrays.stream(values())
                .filter(decoder -> decoder.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(
                        "DECODER is '" + text + "', allowed: " + String.join(", ", wireNames())));
    }

    /// As an operator writes it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
