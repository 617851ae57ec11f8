package dev.aerie.storage.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Measures free disk space.
public final class FreeSpace {

    private FreeSpace() {}

    /// Bytes that this process may still write into `folder`; throws [IOException] if the folder does not exist.
    ///
    /// Asks the system about the folder itself. Java's file stores are looked up in the mount table instead, which
    /// need not contain the root of a chroot.
    public static long bytes(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        return folder.toFile().getUsableSpace();
    }
}
