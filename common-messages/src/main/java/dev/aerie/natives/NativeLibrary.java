package dev.aerie.natives;

import java.util.List;

/// A library of machine code that comes with Aerie.
///
/// - `name`: as an operator reads it: `FFmpeg avcodec`
/// - `needs`: the libraries of the system that it is linked with, beyond those of C and C++: `libpulse.so.0`
/// - `load`: loads it; runs once
public record NativeLibrary(String name, List<String> needs, Load load) {

    public NativeLibrary {
        needs = List.copyOf(needs);
    }

    /// One that needs nothing of the system beyond the libraries of C and C++.
    public NativeLibrary(String name, Load load) {
        this(name, List.of(), load);
    }

    /// Loads a library; throws a [LinkageError] where it, or one that it needs, cannot be loaded.
    @FunctionalInterface
    public interface Load {
        void run() throws Exception;
    }
}
