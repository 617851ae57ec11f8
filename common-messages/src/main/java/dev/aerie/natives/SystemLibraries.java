package dev.aerie.natives;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;

/// What this system has for machine code to be loaded.
interface SystemLibraries {

    /// - `library`: as the linker names it, `libpulse.so.0`
    boolean has(String library);

    /// Whether machine code may be loaded from the folder where Java's libraries unpack it.
    boolean runsFrom(Path temporaryFolder);

    SystemLibraries OF_THIS_MACHINE = new SystemLibraries() {

        // Asks the linker, which loads it where it is there.
        @Override
        @SuppressWarnings("restricted") // native access is what this is about; every JVM of ours is started with it
        public boolean has(String library) {
            try (var arena = Arena.ofConfined()) {
                SymbolLookup.libraryLookup(library, arena);
                return true;
            } catch (IllegalArgumentException _) {
                return false;
            }
        }

        // On a mount with `noexec`, no file counts as executable.
        @Override
        public boolean runsFrom(Path temporaryFolder) {
            try {
                Path probe = Files.createTempFile(temporaryFolder, "aerie-", ".probe");
                try {
                    return probe.toFile().setExecutable(true) && Files.isExecutable(probe);
                } finally {
                    Files.delete(probe);
                }
            } catch (IOException _) {
                return false;
            }
        }
    };
}
