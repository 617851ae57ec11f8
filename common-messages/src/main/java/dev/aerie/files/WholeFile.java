package dev.aerie.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Replaces files whole: a reader, and who comes after a crash, finds the former content or the new one.
public final class WholeFile {

    private static final String PART = ".part";

    private WholeFile() {}

    /// Writes the content to `FILE.part` and puts that in the file's place; where that fails, the part is removed. One
    /// thread at a time for each file.
    public static void write(Path file, byte[] content) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + PART);
        try {
            Files.write(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }
}
