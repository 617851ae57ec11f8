package dev.aerie.storage.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A disk of a test's own at a folder, which can be filled up or made to keep silent. Needs root; where that or a tool
/// is missing, the test is skipped.
public final class TestDisk implements AutoCloseable {

    private static final long IMAGE_BYTES = 16L << 20;

    private final Path folder;

    private TestDisk(Path folder) {
        this.folder = folder;
    }

    /// Two megabytes of memory.
    public static TestDisk small(Path folder) throws InterruptedException {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder.toString());
        assumeTrue(mounted, "skipped: only root may mount a small disk");
        return new TestDisk(folder);
    }

    /// A file system in a file, which can be frozen.
    ///
    /// - `image`: where the file is made
    public static TestDisk freezable(Path folder, Path image) throws IOException, InterruptedException {
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(IMAGE_BYTES);
        }
        boolean mounted = run("mkfs.ext4", "-q", image.toString())
                && run("mount", "-o", "loop", image.toString(), folder.toString());
        assumeTrue(mounted, "skipped: mkfs.ext4 is missing, or only root may mount a disk");
        var disk = new TestDisk(folder);
        boolean freezes = disk.freeze();
        disk.thaw();
        if (!freezes) {
            disk.close();
        }
        assumeTrue(freezes, "skipped: fsfreeze is missing or not allowed");
        return disk;
    }

    /// Writes until there is no room, also what others have left since it was called before; returns what is to be
    /// deleted for more.
    public Path fill() throws IOException {
        Path filler = folder.resolve("filler");
        try (var out = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            var page = new byte[4096];
            while (true) {
                out.write(page);
            }
        } catch (IOException _) {
            return filler; // full
        }
    }

    /// From now on whoever writes waits, until [#thaw].
    public boolean freeze() throws InterruptedException {
        return run("fsfreeze", "-f", folder.toString());
    }

    public void thaw() throws InterruptedException {
        boolean _ = run("fsfreeze", "-u", folder.toString());
    }

    @Override
    public void close() {
        try {
            boolean _ = run("umount", folder.toString());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false; // no such program
        }
    }
}
