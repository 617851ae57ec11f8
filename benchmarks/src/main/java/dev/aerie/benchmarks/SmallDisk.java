package dev.aerie.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// A disk in memory that one process has at a folder, for itself alone, and that goes with it: in a mount
/// namespace, and a user namespace where we are not root. We reach it by `/proc`.
///
/// - `folder`: where the process sees it
/// - `bytes`: its size
record SmallDisk(Path folder, long bytes) {

    private static final int PAGE_BYTES = 1 << 16;

    /// Whether a process can have one here.
    static boolean isPossible(Path folder) throws InterruptedException {
        try {
            return new ProcessBuilder(new SmallDisk(folder, PAGE_BYTES).command(List.of("true")))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false; // no such program
        }
    }

    /// The command that runs `command` with this disk, in a process of the same number.
    List<String> command(List<String> command) {
        var all = new ArrayList<>(List.of("unshare", "--map-root-user", "--mount", "sh", "-c"));
        all.add("mount -t tmpfs -o size=" + bytes + " tmpfs \"$0\" && exec \"$@\"");
        all.add(folder.toString());
        all.addAll(command);
        return all;
    }

    /// Takes all room that is left.
    void fill(long pid) throws IOException {
        try (var out = Files.newOutputStream(filler(pid), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            var page = new byte[PAGE_BYTES];
            while (true) {
                out.write(page);
            }
        } catch (IOException full) {
            if (!Files.exists(filler(pid))) {
                throw full;
            }
        }
    }

    void giveRoom(long pid) throws IOException {
        Files.deleteIfExists(filler(pid));
    }

    private Path filler(long pid) {
        return Path.of("/proc/" + pid + "/root" + folder.resolve("filler"));
    }
}
