package dev.aerie.storage.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// How much room there is on a disk.
public final class FreeSpace {

    private FreeSpace() {}

    /// What this process may still write into `folder`, in bytes; throws [IOException] where there is no such folder.
    ///
    /// The system is asked about the folder itself. Java's file stores are looked up in the table of mounts, and
    /// the root of a chroot need not be in it.
    public static long bytes(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        return folder.toFile().getUsableSpace();
    }
}
