package dev.aerie.files;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Makes the folders in which services keep video, maps, tracks and messages: for their user and group alone,
/// whatever the process's umask, so that nobody else reaches the files in them.
public final class PrivateFolder {

    private static final boolean HAS_MODES =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFolder() {}

    /// Makes a folder and those above it that are missing, and returns it. What is there keeps its mode.
    public static Path create(Path folder) throws IOException {
        return HAS_MODES
                ? Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")))
                : Files.createDirectories(folder);
    }
}
